namespace SafeLaunch.Processes.Tests.Children;

/// <summary>A page of ASP.NET Core for a process that cannot load it.</summary>
public sealed class OtherRuntimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public async Task A_process_of_NET_Framework_shows_a_page_of_a_child_process_under_Mono()
    {
        var parent = Path.Combine(Repository.OutputOf("tests/assets/Programs/NetFrameworkParent", "net48"), "NetFrameworkParent.exe");
        var page = Path.Combine(Repository.OutputOf("tests/assets/Programs/PageProgram"), "PageProgram.dll");

        var run = await TestKit.ChildProcess.RunAsync(Tool.Mono.FindOrIgnore(), [parent, page], Patience);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Contain("Hello from .NET 10").And.Contain("Stopped: It was asked to stop."));
    }
}
