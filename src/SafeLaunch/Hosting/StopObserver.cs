using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>
/// Calls back once when a host begins to stop, before the stop cancels anything, with the exception of the background service that stops
/// the host, or null.
/// </summary>
internal sealed class StopObserver(IHost host, Action<Exception?> onStopping)
{
    private readonly HostFault fault = new(host);
    private int hasCalled;

    /// <summary>
    /// To be called when the host is built and again while it starts: callbacks run last in, first out, and this one must run
    /// before the callback that cancels the start. Otherwise the start fails with that cancellation instead of its cause.
    /// </summary>
    public void Observe() =>
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
        {
            if (Interlocked.Exchange(ref this.hasCalled, 1) == 0)
            {
                onStopping(this.fault.Find());
            }
        });

    public void OnStarted() => this.fault.OnStarted();
}
