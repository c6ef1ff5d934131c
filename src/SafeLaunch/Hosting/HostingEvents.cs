using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>
/// The events that a generic host raises while it is built, on the thread that builds it. Subscribed to once for the whole
/// process, and only while a launch watches; each event goes to the launch that the building code runs inside of.
/// </summary>
internal sealed class HostingEvents(Func<AppHosts?> current) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private readonly object gate = new();
    private int watchers;
    private IDisposable? subscription;

    /// <summary>Watches until it is disposed.</summary>
    public Watch Begin()
    {
        lock (this.gate)
        {
            if (this.watchers++ == 0)
            {
                this.subscription = DiagnosticListener.AllListeners.Subscribe(this);
            }
        }

        return new(this);
    }

    public void OnNext(DiagnosticListener value)
    {
        // The runtime makes one for each build and disposes of it after that, which also ends this subscription.
        if (value.Name is "Microsoft.Extensions.Hosting")
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (current() is not { } hosts)
        {
            return;
        }

        switch (value)
        {
            case { Key: "HostBuilding", Value: IHostBuilder builder }:
                hosts.OnBuilding(builder);
                break;
            case { Key: "HostBuilt", Value: IHost host }:
                hosts.OnBuilt(host);
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private void End()
    {
        lock (this.gate)
        {
            if (--this.watchers == 0)
            {
                this.subscription?.Dispose();
                this.subscription = null;
            }
        }
    }

    internal sealed class Watch(HostingEvents events) : IDisposable
    {
        private int isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref this.isDisposed, 1) == 0)
            {
                events.End();
            }
        }
    }
}
