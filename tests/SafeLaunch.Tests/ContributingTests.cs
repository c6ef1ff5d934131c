using System.Text.RegularExpressions;

namespace SafeLaunch.Tests;

/// <summary>CONTRIBUTING.md is complete, and the tests follow it.</summary>
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

    [Test]
    public void A_test_of_a_class_stands_in_the_folder_of_that_class()
    {
        var misplaced =
            from project in Directory.EnumerateDirectories(Repository.PathOf("src"))
            let tests = Repository.PathOf("tests", $"{Path.GetFileName(project)}.Tests")
            where Directory.Exists(tests)
            from test in FoldersOf(tests, "*Tests.cs")
            from tested in FoldersOf(project, $"{test.Name.Substring(0, test.Name.Length - "Tests".Length)}.cs")
            where !string.Equals(test.Folder, tested.Folder, StringComparison.Ordinal)
            select $"{test.Name} of {Path.GetFileName(tests)} stands in '{test.Folder}', and its class in '{tested.Folder}'";

        Assert.That(misplaced, Is.Empty);
    }

    /// <summary>The files of a project with this name, each with its folder below the project.</summary>
    private static IEnumerable<(string Name, string Folder)> FoldersOf(string project, string name) =>
        from file in Directory.EnumerateFiles(project, name, SearchOption.AllDirectories)
        let folder = Path.GetDirectoryName(file)!.Substring(project.Length)
        where !folder.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
        select (Path.GetFileNameWithoutExtension(file), folder);

    private static string[] VariablesOf(string path) =>
        [.. Regex.Matches(File.ReadAllText(path), "SAFELAUNCH_[A-Z_]+", RegexOptions.None, Gate.Patience).Cast<Match>().Select(match => match.Value)];
}
