namespace SafeLaunch.Benchmarks.Contexts;

/// <summary>The context of a launch, whose thread is idle, or parked by its delegate in a blocking wait.</summary>
public sealed class LaunchContender : Contender
{
    private readonly LaunchHandle handle;
    private readonly SynchronizationContext context;

    private LaunchContender(LaunchHandle handle)
    {
        this.handle = handle;
        this.context = handle.SynchronizationContext;
    }

    public static LaunchContender Idle() => new(Launcher.For(() => { }).Start());

    public static LaunchContender Parked() => new(Launcher.For(launch =>
    {
        launch.SignalReady();
        launch.Stopping.WaitHandle.WaitOne();
    }).Start());

    public override void Post(SendOrPostCallback callback, object? state) => this.context.Post(callback, state);

    protected override void Dispose(bool disposing) => this.handle.Dispose();
}
