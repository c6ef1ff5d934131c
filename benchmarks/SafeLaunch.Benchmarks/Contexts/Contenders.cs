namespace SafeLaunch.Benchmarks.Contexts;

public static class Contenders
{
    public static Contender Start(this ContextKind kind) => kind switch
    {
        ContextKind.Launch => LaunchContender.Idle(),
        ContextKind.ParkedLaunch => LaunchContender.Parked(),
        ContextKind.AsyncContextThread => new NitoContender(),
        ContextKind.SingleThreadedContext => new FrameContender(),
        ContextKind.Channel => new ChannelContender(),
        ContextKind.Event => new EventContender(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
