using System.Diagnostics;
using System.Reflection;

namespace SafeLaunch.Tests.Threading;

/// <summary>A short wait that is called often: a row of the table of hot code.</summary>
/// <param name="Name">How the table names it.</param>
/// <param name="Wait">Waits for no time, or for a millisecond.</param>
internal sealed record HotWait(string Name, Action Wait)
{
    /// <summary>A method is compiled again once it was called 30 times and nothing new was for 100 ms.</summary>
    private const int Calls = 40;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(120);

    /// <summary>By then code that is called all the time is compiled for good.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    private static readonly object Monitored = new();
    private static readonly ManualResetEvent NeverSet = new(initialState: false);

    public static IReadOnlyList<HotWait> All { get; } =
    [
        new("`Task.Wait`, hot", () => new TaskCompletionSource().Task.Wait(1)),
        new("`WaitOne`, hot", () => NeverSet.WaitOne(0)),
        new("`WaitAny`, hot", () => WaitHandle.WaitAny([NeverSet], 0)),
        new("`Monitor.Wait`, hot", () =>
        {
            lock (Monitored)
            {
                Monitor.Wait(Monitored, 0);
            }
        }),
    ];

    /// <summary>Whether the waits can become hot: they are called by code of these tests, and in a process that compiles twice.</summary>
    public static bool IsCodeOptimized =>
        typeof(HotWait).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled is not true
        && Environment.GetEnvironmentVariable("DOTNET_TieredCompilation") is not "0";

    public override string ToString() => this.Name;

    /// <summary>The frame of the wait that the stack still has; null as soon as it has none.</summary>
    /// <param name="expected">What the frame is to become. A slow machine takes its time to compile, in several steps.</param>
    public string? FrameOnceHot(string? expected)
    {
        var atLeast = expected is null ? TimeSpan.Zero : Settled;
        var elapsed = Stopwatch.StartNew();
        string? frame = "no wait was reported";
        var thread = TestLaunch.OnThread(() =>
        {
            do
            {
                var context = new ReportContext();
                SynchronizationContext.SetSynchronizationContext(context);
                for (var call = 0; call < Calls; call++)
                {
                    this.Wait();
                }

                // On a busy machine, all of the short time may pass before the wait begins.
                if (context.Reports is [.., var last])
                {
                    frame = last.WaitFrame;
                }

                Thread.Sleep(Quiet);
            }
            while (elapsed.Elapsed < atLeast ? frame is not null : !string.Equals(frame, expected, StringComparison.Ordinal) && elapsed.Elapsed < Gate.Patience);
        });
        Assert.That(thread.Join(Gate.Patience + Gate.Patience), Is.True, "The waits did not end.");
        return frame;
    }
}
