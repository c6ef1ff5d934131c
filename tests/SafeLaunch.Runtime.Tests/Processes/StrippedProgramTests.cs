namespace SafeLaunch.Runtime.Tests.Processes;

/// <summary>A program without stack traces, as <c>StackTraceSupport</c> makes one when it is turned off.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StrippedProgramTests
{
    [Test]
    public async Task Each_launch_warns_that_its_waits_serve_nothing()
    {
        using var process = ChildProgram.Start("stripped");

        Assert.That(await process.ReadLineAsync(), Does.StartWith("Warning: Launch 'pumps': this program is stripped of its stack traces"));
        await process.ReadAsync("event False");
        Assert.That(await process.ReadLineAsync(), Is.Null, "a launch that is not to pump does not warn");
    }
}
