using SafeLaunch;

namespace Front;

/// <summary>One launch behind the proxy. It knows how many requests it is answering, so that none is lost when it is stopped.</summary>
internal sealed class Backend(LaunchHandle handle) : IAsyncDisposable
{
    private readonly TaskCompletionSource isIdle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // It is counted as one request itself, until it is retired.
    private int requests = 1;

    /// <summary>Gets the sender of its requests. Its connections go with it: the next launch may have the same port.</summary>
    public HttpMessageInvoker Sender { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    /// <summary>Gets its address, which may be another after a restart.</summary>
    public Uri Address => handle.Address;

    public void BeginRequest() => Interlocked.Increment(ref this.requests);

    public void EndRequest()
    {
        if (Interlocked.Decrement(ref this.requests) == 0)
        {
            this.isIdle.SetResult();
        }
    }

    /// <summary>Gets no more requests, answers the requests under way, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        this.EndRequest();
        await this.isIdle.Task;
        this.Sender.Dispose();
        await handle.DisposeAsync();
    }
}
