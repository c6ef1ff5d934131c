namespace SafeLaunch.Runtime.Tests.Processes;

/// <summary>Waits are recognised also where the JIT has optimised the methods that they are recognised by.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OptimizedWaitTests
{
    [Test]
    public async Task Waits_pump_and_lock_acquisitions_do_not_where_both_are_inlined()
    {
        // As after some time in a process that is used: no precompiled code, and all of it optimised from the first call on.
        using var process = ChildProgram.Start("wait", ("DOTNET_ReadyToRun", "0"), ("DOTNET_TieredCompilation", "0"));

        await process.ReadAsync("event True");
        await process.ReadAsync("handle True");
        await process.ReadAsync("task True");
        await process.ReadAsync("join True");
        await process.ReadAsync("lock False");
    }

    [Test]
    public async Task A_wait_that_is_met_often_pumps_each_time()
    {
        using var process = ChildProgram.Start("hot-wait");

        await process.ReadAsync("served 200");
    }
}
