using System.Runtime.InteropServices;

namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>Real signals to a supervised launch, in separate processes.</summary>
[Platform("Linux,MacOsX")]
[Parallelizable(ParallelScope.All)]
public sealed class SignalTests
{
    [TestCase(PosixSignal.SIGINT)]
    [TestCase(PosixSignal.SIGTERM)]
    public async Task A_signal_stops_the_Run_of_a_supervised_launch_after_a_restart(PosixSignal signal)
    {
        using var service = ServiceProcess.Start("supervised");
        await service.ReadAsync("begun");
        await service.WriteLineAsync("be ready");
        await service.WriteLineAsync("crash");
        await service.ReadAsync("begun");

        service.Signal(signal);

        await service.ReadAsync($"Stopped: The process received {signal}.");
        Assert.That(await service.ExitAsync(), Is.Zero);
    }
}
