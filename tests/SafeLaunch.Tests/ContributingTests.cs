using System.Text.RegularExpressions;

namespace SafeLaunch.Tests;

/// <summary>CONTRIBUTING.md is complete.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ContributingTests
{
    [Test]
    public void Every_environment_variable_that_code_reads_is_explained_in_CONTRIBUTING()
    {
        var explained = VariablesOf(Repository.PathOf("CONTRIBUTING.md"));
        var read = new[] { "src", "tests", "samples", "benchmarks" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Append(Repository.PathOf(".ci/run"))
            .SelectMany(VariablesOf)
            .Distinct(StringComparer.Ordinal);

        Assert.That(explained, Is.SupersetOf(read));
    }

    private static string[] VariablesOf(string path) =>
        [.. Regex.Matches(File.ReadAllText(path), "SAFELAUNCH_[A-Z_]+", RegexOptions.None, Gate.Patience).Cast<Match>().Select(match => match.Value)];
}
