using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Processes.Tests.Snippets;

/// <summary>The snippets of docs/processes.md.</summary>
public sealed class SnippetTests
{
    [Test]
    public void The_page_on_processes_has_only_snippets_that_are_run_here() =>
        new DocPage("processes.md").HasOnlySnippetsOf(3, "tests/SafeLaunch.Processes.Tests/Snippets/SnippetTests.cs");

    [Test]
    public async Task The_snippet_of_a_child_launch_serves()
    {
        await using var handle = await Launcher.For(Shop.Run, options => options.UseLoopback())
            .InChildProcess()
            .StartAsync();

        using var client = handle.CreateClient();
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("shop"));
    }

    [Test]
    public async Task The_snippet_of_ConfigureInChild_changes_the_services_of_the_app()
    {
        var launcher = Launcher.For(Shop.Run, options => options.UseLoopback())
            .InChildProcess(child => child.ConfigureInChild(options => options.ConfigureServices(services => services.AddSingleton("bread"))));

        await using var handle = await launcher.StartAsync().Within();
        using var client = handle.CreateClient();
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("bread"));
    }

    [Test]
    public async Task The_snippet_of_a_command_serves()
    {
        Assume.That(SafeLaunch.Commands.CommandFile.Find("python3"), Is.Not.Null, "Python is not here");
        await using var handle = await Launcher.ForCommand("python3", ["-u", "-m", "http.server", "--bind", "127.0.0.1", "0"], options => options
            .ReadyWhen(Ready.Output("port (?<address>[0-9]+)"))).StartAsync();

        using var client = handle.CreateClient();
        Assert.That(await client.GetStringAsync("/").Within(), Does.Contain("Directory listing"));
    }
}
