namespace SafeLaunch.Runtime.Tests.Processes;

/// <summary>Waits that pump inside one another on stacks of different size. An overflow ends the process.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DeepWaitTests
{
    // As the variable takes it, in hexadecimal: half a mebibyte, one and a half as on Alpine and Apple's, and the usual eight.
    [TestCase("80000")]
    [TestCase("180000")]
    [TestCase("800000")]
    public async Task Waits_stop_pumping_before_the_stack_ends(string stackSize)
    {
        using var process = ChildProgram.Start("deep-wait", ("DOTNET_Thread_DefaultStackSize", stackSize));

        Assert.That(await process.ReadLineAsync(), Does.StartWith("Warning: Launch 'deep': a blocking wait only waits"));
        Assert.That(await process.ReadLineAsync(), Does.Match("^got out of [0-9]+ waits$"));
        Assert.That(await process.ExitAsync(), Is.Zero);
    }
}
