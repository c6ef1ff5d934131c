namespace SafeLaunch.Runtime.Tests;

/// <summary>
/// Programs that launch something, published without unused code or as native code. Publishing fails with any
/// warning, and each program tells by its exit code how many of its checks have failed.
/// </summary>
[NonParallelizable]
[Category("Publish")]
public sealed class PublishedProgramTests
{
    [TestCase("CoreProgram")]
    [TestCase("WebProgram")]
    [TestCase("ChildLaunchProgram")]
    public async Task A_trimmed_program_launches(string name) => await PublishAndRunAsync(name, "trimmed");

    [Test]
    public async Task A_program_in_a_single_file_launches_child_processes_of_itself() => await PublishAndRunAsync("ChildLaunchProgram", "single-file");

    [TestCase("CoreProgram")]
    [TestCase("WebProgram")]
    [TestCase("ChildLaunchProgram")]
    public async Task A_native_program_launches(string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            Tool.Linker.FindOrIgnore();
        }

        await PublishAndRunAsync(name, "native");
    }

    private static async Task PublishAndRunAsync(string name, string kind)
    {
        var program = new PublishedProgram(name, kind);
        var publishing = await program.PublishAsync();
        Assert.That(publishing.ExitCode, Is.Zero, publishing.Output);
        Assert.That(publishing.Output, Does.Not.Contain("warning"));

        var run = await program.RunAsync();
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Contain("yes: ").And.Not.Contain("NO: "));
    }
}
