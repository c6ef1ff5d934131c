using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>Posted work that waits for too long, since the launch thread is in code that neither returns nor serves it.</summary>
/// <param name="Count">How many work items wait.</param>
/// <param name="For">How long the first of them has waited for that code.</param>
internal sealed record UnservedWork(int Count, TimeSpan For)
{
    /// <summary>What the thread does at this moment, and how the work may come. .NET cannot read the stack of another thread.</summary>
    public static (string Activity, string Remedy) Describe(LaunchThread thread, BlockingWaitBehavior waits) => thread switch
    {
        { Context.BlockedIn: { } method } => (
            $"is blocked in {method}, which acquires a lock or waits inside of too many other waits",
            "Hold that lock for a shorter time, or let the launched code await."),
        { IsBlocked: true } when waits == BlockingWaitBehavior.Pump => (
            "waits under another synchronization context or none, waits for a lock, or sleeps",
            "Let it await, or wait under the launch's synchronization context."),
        { IsBlocked: true } => (
            $"waits, which serves nothing with {nameof(BlockingWaitBehavior)}.{nameof(BlockingWaitBehavior.Block)}, or sleeps",
            "Let it await."),
        _ => (
            "runs a loop, computes, or is blocked outside of .NET",
            "Move that code to another thread, as by Task.Run, and let the launched code await it."),
    };
}
