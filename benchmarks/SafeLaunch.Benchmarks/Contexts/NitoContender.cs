using Nito.AsyncEx;

namespace SafeLaunch.Benchmarks.Contexts;

/// <summary>The context of an <see cref="AsyncContextThread"/> as it comes.</summary>
public sealed class NitoContender : Contender
{
    private readonly AsyncContextThread thread = new();
    private readonly SynchronizationContext context;

    public NitoContender() => this.context = this.thread.Context.SynchronizationContext;

    public override void Post(SendOrPostCallback callback, object? state) => this.context.Post(callback, state);

    protected override void Dispose(bool disposing) => this.thread.Dispose();
}
