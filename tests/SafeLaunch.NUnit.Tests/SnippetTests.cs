using System.Text.RegularExpressions;

namespace SafeLaunch.NUnit.Tests;

/// <summary>The page about testing shows code that is built and run: here, or by the tests of the framework that it is for.</summary>
public sealed class SnippetTests
{
    private static readonly DocPage Page = new("testing.md");

    [Test]
    public void Every_snippet_of_the_page_is_in_a_test() => Page.HasOnlySnippetsOf(
        atLeast: 7,
        "tests/SafeLaunch.NUnit.Tests/Snippets/Changed.cs",
        "tests/SafeLaunch.NUnit.Tests/Snippets/PerFixture.cs",
        "tests/SafeLaunch.NUnit.Tests/Snippets/PerNamespace.cs",
        "tests/SafeLaunch.NUnit.Tests/Snippets/Shared.cs",
        "tests/SafeLaunch.MSTest.Tests/ShopTests.cs",
        "tests/SafeLaunch.TUnit.Tests/ShopTests.cs",
        "tests/SafeLaunch.Playwright.Tests/SnippetTests.cs",
        "tests/SafeLaunch.Testing.Tests/Snippets/PerTest.cs",
        "tests/SafeLaunch.Testing.Tests/Snippets/Prepared.cs",
        "tests/assets/TestPrograms/XunitTests/ShopTests.cs");

    [Test]
    public void Every_claim_of_the_table_names_a_test_that_exists()
    {
        var claimed = Regex.Matches(Page.Text, "`(?<test>[A-Z][a-z]+_\\w+)`", RegexOptions.ExplicitCapture, Gate.Patience)
            .Select(match => match.Groups["test"].Value)
            .Distinct(StringComparer.Ordinal);
        var tests = new[] { "SafeLaunch.NUnit.Tests", "SafeLaunch.Testing.Tests", "SafeLaunch.Playwright.Tests" }
            .SelectMany(project => Directory.EnumerateFiles(Repository.PathOf("tests", project), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"public (async )?(Task|void) (?<test>\w+)\(", RegexOptions.ExplicitCapture, Gate.Patience))
            .Select(match => match.Groups["test"].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.That(claimed, Is.Not.Empty.And.SubsetOf(tests));
    }
}
