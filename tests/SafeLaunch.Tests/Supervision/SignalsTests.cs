#if NET10_0_OR_GREATER
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

/// <summary>
/// Signals to the process of the tests. A handler of each test is called last, and keeps them from ending the process. Before .NET 10 the runtime
/// calls handlers in any order.
/// </summary>
[Platform("Linux,MacOsX")]
[NonParallelizable]
public sealed class SignalsTests
{
    private const int SigTerm = 15;

    private static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<string> reported = new();
    private BlockingCollection<bool> wereTaken = null!;
    private PosixSignalRegistration last = null!;

    [SetUp]
    public void KeepTheProcess()
    {
        this.reported.Clear();
        this.wereTaken = [];
        this.last = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            this.wereTaken.Add(signal.Cancel);
            signal.Cancel = true;
        });
    }

    [TearDown]
    public void LeaveTheProcess()
    {
        this.last.Dispose();
        this.wereTaken.Dispose();
    }

    [Test]
    public void A_signal_within_half_a_second_of_the_first_is_the_same_and_a_later_one_is_left_to_the_process()
    {
        using var signals = new Signals(this.reported.Enqueue);
        var beforeFirst = Stopwatch.StartNew();
        Assert.That(this.IsTaken(), Is.True);
        var afterFirst = Stopwatch.StartNew();

        var isSecondTaken = this.IsTaken();
        if (beforeFirst.Elapsed < SameSignal)
        {
            Assert.That(isSecondTaken, Is.True);
        }

        SpinWait.SpinUntil(() => afterFirst.Elapsed > SameSignal, Gate.Patience);
        Assert.That(this.IsTaken(), Is.False);
        Assert.That(this.reported, Is.EqualTo(new[] { "SIGTERM" }));
    }

    [Test]
    public void Signals_that_are_disposed_of_before_a_signal_came_take_none()
    {
        var signals = new Signals(this.reported.Enqueue);
        signals.Dispose();
        signals.ComeFirst();

        Assert.That(this.IsTaken(), Is.False);
        Assert.That(this.reported, Is.Empty);
    }

    [Test]
    public void Signals_that_are_disposed_of_right_after_a_signal_still_take_the_same_one_for_half_a_second()
    {
        var signals = new Signals(this.reported.Enqueue);
        var clock = Stopwatch.StartNew();
        Assert.That(this.IsTaken(), Is.True);

        signals.Dispose();

        var isSecondTaken = this.IsTaken();
        if (clock.Elapsed < SameSignal)
        {
            Assert.That(isSecondTaken, Is.True);
        }

        Assert.That(this.reported, Is.EqualTo(new[] { "SIGTERM" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Signals_that_come_first_are_called_before_the_handlers_that_came_since(bool comeFirst)
    {
        using var signals = new Signals(this.reported.Enqueue);
        var wasTaken = false;
        using var since = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => wasTaken = signal.Cancel);
        if (comeFirst)
        {
            signals.ComeFirst();
        }

        Assert.That((this.IsTaken(), wasTaken), Is.EqualTo((true, comeFirst)));
        Assert.That(this.reported, Is.EqualTo(new[] { "SIGTERM" }));
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable SYSLIB1054, IDE1006 // No source generator is needed for two numbers. The name is that of the system.
    private static extern int kill(int process, int signal);
#pragma warning restore SYSLIB1054, IDE1006

    /// <summary>Sends a signal to the process, and waits until all of its handlers were called.</summary>
    /// <returns>Whether a handler before the last one has taken it.</returns>
    private bool IsTaken()
    {
        Assert.That(kill(Environment.ProcessId, SigTerm), Is.Zero);
        Assert.That(this.wereTaken.TryTake(out var wasTaken, Gate.Patience), Is.True);
        return wasTaken;
    }
}
#endif
