using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>What a launch thread does at this moment, for people.</summary>
internal static class ThreadActivity
{
    public static string Of(LaunchThread thread, BlockingWaitBehavior waits) => thread.Context.Consumer switch
    {
        Consumer.Gone => "has ended",
        Consumer.Idle => "rests until work is posted",
        Consumer.Parked => "waits in launched code, and serves posted work meanwhile",
        _ when thread.Context.IsInUserCode => $"is in launched code, where it {UnservedWork.Describe(thread, waits).Activity}",
        _ => "is about to run the next work",
    };
}
