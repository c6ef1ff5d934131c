using System.Net;
using System.Net.Sockets;

namespace SafeLaunch.Tests;

/// <summary>What a launch takes of the process, it gives back.</summary>
[NonParallelizable]
[Platform("Linux")]
public sealed class RelaunchTests
{
    private const string Name = "relaunched";

    /// <summary>Other objects of the process may come and go meanwhile, by far less than one for each launch.</summary>
    private const int Slack = 100;

    [Test]
    [NotOnMono(Mono.CollectorKeepsTooMuch)]
    public void A_thousand_launches_on_the_same_port_leave_no_more_behind_than_ten()
    {
        var port = RunOnce(port: 0);
        for (var i = 1; i < 10; i++)
        {
            RunOnce(port);
        }

        var handles = OpenHandles();
        var memory = Memory();

        for (var i = 10; i < 1_000; i++)
        {
            RunOnce(port);
        }

        // What others have used goes when its finalizers and timers have run.
        Assert.That(SpinWait.SpinUntil(() => ThreadsOfLaunches() == 0, Gate.Patience), Is.True, "threads are left");
        Assert.That(SpinWait.SpinUntil(() => OpenHandles() < handles + Slack, Gate.Patience), Is.True, "handles are left");
        Assert.That(SpinWait.SpinUntil(() => Memory() < memory + (1_000 * 1_024), Gate.Patience), Is.True, "a launch leaves a kilobyte");
    }

    private static int RunOnce(int port)
    {
        using var handle = Launcher.For(
            launch =>
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                launch.SignalReady(new Uri($"tcp://{listener.LocalEndpoint}"));
                launch.Stopping.WaitHandle.WaitOne();
            },
            options => options.Name = Name).Start();

        // The system may leave out a thread of its list while another one ends.
        Assert.That(SpinWait.SpinUntil(() => ThreadsOfLaunches() > 0, Gate.Patience), Is.True, "the launch has no thread of its name");
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        return handle.Address.Port;
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static int OpenHandles() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();

    private static int ThreadsOfLaunches() =>
        Directory.EnumerateDirectories("/proc/self/task").Count(task =>
        {
            try
            {
                return string.Equals(File.ReadAllText(Path.Combine(task, "comm")).Trim(), Name, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                // The thread has ended since.
                return false;
            }
        });
}
