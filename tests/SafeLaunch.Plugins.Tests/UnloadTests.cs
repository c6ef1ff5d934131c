namespace SafeLaunch.Plugins.Tests;

/// <summary>What becomes of a program that was launched by its path, once the launch has ended. The log says it.</summary>
public sealed class UnloadTests
{
    [Test]
    public async Task A_program_launched_by_its_path_is_unloaded_twenty_times_in_a_row()
    {
        using var log = new LogRecorder();
        for (var round = 1; round <= 20; round++)
        {
            await LaunchAndVisitAsync(log);

            Assert.That(CollectUntil(() => log.Of(LogEvents.Unloaded).Count == round), Is.True, $"round {round}");
        }
    }

    [Test]
    public async Task A_program_whose_code_the_process_still_refers_to_is_warned_of_by_name()
    {
        using var log = new LogRecorder();
        await LaunchAndVisitAsync(log, "a handler");

        Assert.That(CollectUntil(() => log.Of(LogEvents.StillLoaded).Count == 1), Is.True);
        Assert.That(log.Single(LogEvents.StillLoaded).Message, Does.Contain("'UnreferencedProgram'").And.Contain("docs/plugins.md"));
        Assert.That(log.Of(LogEvents.Unloaded), Is.Empty);
    }

    [Test]
    public async Task A_program_that_was_abandoned_is_unloaded_once_it_has_come_back()
    {
        using var log = new LogRecorder();
        using var gate = new ManualResetEventSlim();
        AppDomain.CurrentDomain.SetData("UnreferencedProgram.Gate", gate);

        Assert.That(await LaunchAndVisitAsync(log, "a thread"), Is.EqualTo(LaunchOutcomeKind.Abandoned));
        gate.Set();

        Assert.That(CollectUntil(() => log.Of(LogEvents.Unloaded).Count == 1), Is.True);
    }

    [Test]
    public async Task Code_that_a_program_runs_when_it_is_unloaded_does_not_hold_up_the_end_of_its_launch()
    {
        using var log = new LogRecorder();
        using var gate = new ManualResetEventSlim();
        AppDomain.CurrentDomain.SetData("UnreferencedProgram.Gate", gate);

        Assert.That(await LaunchAndVisitAsync(log, "an unloading"), Is.EqualTo(LaunchOutcomeKind.Stopped));
        gate.Set();

        Assert.That(CollectUntil(() => log.Of(LogEvents.ErrorWhileEnding).Count == 1), Is.True);
        Assert.That(log.Single(LogEvents.ErrorWhileEnding).Exception!.Message, Is.EqualTo("The program does not want to go."));
    }

    private static async Task<LaunchOutcomeKind> LaunchAndVisitAsync(LogRecorder log, string? leaves = null)
    {
        var handle = await Launcher.ForProgram(UnreferencedPrograms.Original, options =>
        {
            options.LoggerFactory = log.Factory;
            options.StopTimeout = leaves is "a thread" ? TimeSpan.FromMilliseconds(100) : options.StopTimeout;
            options.Configuration["Leaves"] = leaves;
            options.Configuration["hostBuilder:reloadConfigOnChange"] = "false";
            options.UseLoopback();
        }).StartAsync().Within();
        Assert.That(await Host.VisitAsync(new(handle.Address, "visits")).Within(), Is.EqualTo("1"));
        return (await handle.StopAsync().Within()).Kind;
    }

    private static bool CollectUntil(Func<bool> condition) => SpinWait.SpinUntil(
        () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return condition();
        },
        Gate.Patience);
}
