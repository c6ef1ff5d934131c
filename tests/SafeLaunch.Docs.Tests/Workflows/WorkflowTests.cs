using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace SafeLaunch.Docs.Tests.Workflows;

/// <summary>The workflows of .github, as far as they can be checked where they do not run; CI lints them besides.</summary>
public sealed class WorkflowTests
{
    private static readonly Regex Path = new(@"(?<![\w./-])(\.ci/\w+|build/[\w-]+|[\w./-]+\.slnf|tests/[\w.]+)", RegexOptions.ExplicitCapture, Gate.Patience);

    private static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Repository.PathOf(".github/workflows"), "*.yml").Select(System.IO.Path.GetFileName)!;

    [TestCaseSource(nameof(Files))]
    public void A_workflow_may_only_read_unless_a_job_says_more(string file) =>
        Assert.That(Keys(Map(Root(file)["permissions"])), Is.EqualTo(new[] { "contents" }));

    [TestCaseSource(nameof(Files))]
    public void Each_job_of_a_workflow_has_a_machine_and_a_limit_of_time(string file)
    {
        foreach (var (name, job) in Jobs(file))
        {
            Assert.That(Keys(job), Is.SupersetOf(new[] { "name", "runs-on", "timeout-minutes", "steps" }), name);
        }
    }

    [TestCaseSource(nameof(Files))]
    public void Each_step_of_a_workflow_runs_a_command_or_an_action_of_one_version(string file)
    {
        foreach (var step in Steps(file))
        {
            var keys = Keys(step);
            Assert.That(keys.Intersect(["run", "uses"]).Count(), Is.EqualTo(1), step.ToString());
            Assert.That(keys, Is.SubsetOf(new[] { "name", "id", "if", "run", "uses", "with", "env" }), step.ToString());
            if (keys.Contains("uses"))
            {
                Assert.That(step["uses"].ToString(), Does.Match(@"^[\w-]+/[\w-]+@v\d+$|^docker://[\w/]+:[\d.]+$"));
            }
        }
    }

    [TestCaseSource(nameof(Files))]
    public void Each_script_solution_and_test_project_that_a_workflow_names_is_in_this_repository(string file)
    {
        var named = Steps(file).Where(step => Keys(step).Contains("run")).SelectMany(step => Path.Matches(step["run"].ToString())).Select(match => match.Value).ToArray();

        Assert.That(named, Is.Not.Empty);
        Assert.That(named.Where(path => !File.Exists(Repository.PathOf(path)) && !Directory.Exists(Repository.PathOf(path))), Is.Empty);
    }

    [Test]
    public void The_notes_of_a_release_come_from_the_changelog()
    {
        var commands = Steps("release.yml").Where(step => Keys(step).Contains("run")).Select(step => step["run"].ToString()).ToArray();

        Assert.That(commands, Has.Some.StartsWith("build/release-notes ").And.Some.Contains("--notes-file"));
        Assert.That(commands, Has.None.Contains("--generate-notes"));
    }

    [Test]
    public void Dependabot_looks_after_the_packages_and_the_actions()
    {
        var updates = (YamlSequenceNode)Root("../dependabot.yml")["updates"];

        Assert.That(updates.Select(update => update["package-ecosystem"].ToString()), Is.EquivalentTo(new[] { "nuget", "github-actions" }));
    }

    private static YamlMappingNode Root(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(Repository.PathOf(".github/workflows", file));
        yaml.Load(reader);
        return Map(yaml.Documents.Single().RootNode);
    }

    private static IEnumerable<(string Name, YamlMappingNode Job)> Jobs(string file) =>
        Map(Root(file)["jobs"]).Select(job => (job.Key.ToString(), Map(job.Value)));

    private static IEnumerable<YamlMappingNode> Steps(string file) =>
        Jobs(file).SelectMany(job => (YamlSequenceNode)job.Job["steps"]).Select(Map);

    private static string[] Keys(YamlMappingNode map) => [.. map.Children.Keys.Select(key => key.ToString())];

    private static YamlMappingNode Map(YamlNode node) => (YamlMappingNode)node;
}
