using System.Diagnostics;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>Keeps what the runtime reports of the waits of its thread, and serves nothing.</summary>
internal sealed class ReportContext : SynchronizationContext
{
    private volatile Report[] reports = [];
    private bool isLooking;

    public ReportContext() => this.SetWaitNotificationRequired();

    public IReadOnlyList<Report> Reports => this.reports;

    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        // To look at the stack may acquire a lock.
        if (!this.isLooking)
        {
            this.isLooking = true;
            this.reports = [.. this.reports, new(BlockingCall.IsPlainWait(typeof(ReportContext)), FindFrame(BlockingCall.TakesLock), FindFrame(IsOfWait))];
            this.isLooking = false;
        }

        return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
    }

    private static bool IsOfWait(string type, string method) => type switch
    {
        "System.Threading.Monitor" or "System.Threading.WaitHandle" => method.Contains("Wait", StringComparison.Ordinal),
        "System.Threading.Thread" => method.StartsWith(nameof(Thread.Join), StringComparison.Ordinal),
        _ => false,
    };

    private static string? FindFrame(Func<string, string, bool> isWanted) => new StackTrace(fNeedFileInfo: false).GetFrames()
        .Select(BlockingCall.Describe)
        .Where(frame => frame.Type is { } type && isWanted(type, frame.Method))
        .Select(frame => $"{frame.Type!.Substring(frame.Type.LastIndexOf('.') + 1)}.{frame.Method}")
        .FirstOrDefault();

    /// <summary>One reported wait.</summary>
    /// <param name="IsPlainWait">Whether it would pump.</param>
    /// <param name="LockFrame">The frame of a lock acquisition, or null.</param>
    /// <param name="WaitFrame">The frame of a wait, or null.</param>
    internal sealed record Report(bool IsPlainWait, string? LockFrame, string? WaitFrame);
}
