using System.Runtime.InteropServices;

namespace SafeLaunch.Runtime.Tests.Processes;

/// <summary>Real signals, in separate processes.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SignalTests
{
    private const int KilledBySigInt = 128 + 2;
    private const int KilledBySigTerm = 128 + 15;

    [TestCase("run", PosixSignal.SIGINT)]
    [TestCase("run", PosixSignal.SIGTERM)]
    [TestCase("run-not-ready", PosixSignal.SIGINT)]
    [TestCase("handle-signals", PosixSignal.SIGINT)]
    [TestCase("handle-signals", PosixSignal.SIGTERM)]
    [TestCase("handle-signals-with-host", PosixSignal.SIGTERM)]
    [Platform("Linux,MacOsX")]
    public async Task A_signal_stops_a_launch_of_Run_or_of_HandleSignals_and_is_in_its_outcome(string launch, PosixSignal signal)
    {
        using var process = ChildProgram.Start(launch);
        await process.ReadAsync("up");

        process.Signal(signal);

        await process.ReadAsync($"Stopped: The process received {signal}.");
        Assert.That(await process.ExitAsync(), Is.Zero);
    }

    [TestCase(PosixSignal.SIGINT, KilledBySigInt)]
    [TestCase(PosixSignal.SIGTERM, KilledBySigTerm)]
    [Platform("Linux,MacOsX")]
    public async Task A_second_signal_ends_the_process_unless_it_comes_with_the_first(PosixSignal signal, int exitCode)
    {
        using var process = ChildProgram.Start("run-stubborn");
        await process.ReadAsync("up");

        process.Signal(signal);
        await process.ReadAsync("stopping");

        // A signal that comes within half a second is the first signal, delivered twice.
        Assert.That(await process.SignalUntilExitAsync(signal), Is.EqualTo(exitCode));
    }

    [TestCase("after-the-end")]
    [TestCase("late-host")]
    [Platform("Linux,MacOsX")]
    public async Task After_the_end_signals_are_the_processs_own_again(string launch)
    {
        using var process = ChildProgram.Start(launch);
        await process.ReadAsync("ended");

        process.Signal(PosixSignal.SIGTERM);

        Assert.That(await process.ExitAsync(), Is.EqualTo(KilledBySigTerm));
    }

    [TestCase(PosixSignal.SIGINT, KilledBySigInt)]
    [TestCase(PosixSignal.SIGTERM, KilledBySigTerm)]
    [Platform("Linux,MacOsX")]
    public async Task A_signal_ends_a_process_with_two_launches_as_if_they_were_not_there(PosixSignal signal, int exitCode)
    {
        using var process = ChildProgram.Start("two-launches");
        await process.ReadAsync("two");

        process.Signal(signal);

        Assert.That(await process.ReadLineAsync(), Is.Null, "no launch was stopped");
        Assert.That(await process.ExitAsync(), Is.EqualTo(exitCode));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public async Task A_process_with_its_own_handling_keeps_it()
    {
        using var process = ChildProgram.Start("own-handling");
        await process.ReadAsync("two");

        process.Signal(PosixSignal.SIGTERM);

        await process.ReadAsync("SIGTERM Running Running");
        Assert.That(await process.ExitAsync(), Is.EqualTo(7));
    }
}
