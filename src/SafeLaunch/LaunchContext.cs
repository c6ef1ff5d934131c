using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <summary>The launch as its delegate sees it. Safe from any thread.</summary>
public sealed class LaunchContext
{
    private readonly Launch launch;

    internal LaunchContext(Launch launch) => this.launch = launch;

    /// <summary>Gets the name of the launch.</summary>
    public string Name => this.launch.Name;

    /// <summary>Gets the services of the launch host, as <see cref="LaunchOptions.ConfigureLaunchHost"/> has set them up.</summary>
    /// <remarks>Builds the launch host at the first access where ConfigureLaunchHost was not called.</remarks>
    /// <exception cref="LaunchException">The launch host is still starting; or the launch has ended, and its services with it.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IServiceProvider LaunchServices => this.launch.LaunchServices;

    /// <summary>Gets a token that is cancelled when the launch is to end. A blocking delegate returns soon after.</summary>
    public CancellationToken Stopping => this.launch.Stopping;

    /// <summary>Gets the launch synchronization context: posted work runs on the launch thread, one item after another.</summary>
    public SynchronizationContext SynchronizationContext => this.launch.SynchronizationContext;

    /// <summary>The addresses of an earlier run that are still to be had again.</summary>
    internal IReadOnlyCollection<Uri> EarlierAddresses => this.launch.EarlierAddresses;

    /// <summary>Offers addresses that a server of this run has given up to the next server of it.</summary>
    internal void OfferAgain(IEnumerable<Uri> addresses)
    {
        foreach (var address in addresses)
        {
            this.launch.EarlierAddresses.Enqueue(address);
        }
    }

    /// <summary>The app hosts that were detected.</summary>
    internal IReadOnlyList<IHost> Hosts => this.launch.Hosts;

    /// <summary>What another package of SafeLaunch keeps with the options of the launch; null if that is nothing.</summary>
    internal T? Part<T>()
        where T : class => this.launch.Part<T>();

    /// <summary>The latest log lines of the launch; null where none are kept.</summary>
    internal LogTail? LogTail => this.launch.LogTail;

    /// <summary>The logger of the launch; that of the app where the launch has none, since a warning is of use only where it is read.</summary>
    internal ILogger LoggerFor(IHost host) => this.launch.LoggerFor(host);

    /// <summary>
    /// Says that the launch is ready, for a delegate that goes on to block. A delegate that returns after this has ended its
    /// launch; a delegate that returns at once and leaves a server running does not need this.
    /// </summary>
    /// <param name="addresses">Where the launch can be reached, added to <see cref="LaunchHandle.Addresses"/>; may be empty.</param>
    /// <exception cref="ArgumentNullException"><paramref name="addresses"/> is null or holds a null.</exception>
    /// <exception cref="ArgumentException">An address is not absolute.</exception>
    public void SignalReady(params Uri[] addresses)
    {
        this.AddAddresses(addresses);
        this.launch.BeReady();
    }

    /// <summary>Adds to <see cref="LaunchHandle.Addresses"/> where the launch can be reached, and says nothing of being ready.</summary>
    /// <param name="addresses">The addresses; addresses that are known already are not added again.</param>
    /// <exception cref="ArgumentNullException"><paramref name="addresses"/> is null or holds a null.</exception>
    /// <exception cref="ArgumentException">An address is not absolute.</exception>
    public void AddAddresses(params Uri[] addresses)
    {
        Guard.NotNull(addresses, nameof(addresses));
        foreach (var address in addresses)
        {
            Guard.NotNull(address, nameof(addresses));
            if (!address.IsAbsoluteUri)
            {
                throw new ArgumentException($"Launch '{this.Name}': the address '{address}' is not absolute.", nameof(addresses));
            }
        }

        this.launch.AddAddresses(addresses);
    }

    /// <summary>Whether the launch has been ready.</summary>
    internal bool IsReady => this.launch.HasBeenReady;

    /// <summary>Whether the launch has begun to end.</summary>
    internal bool IsEnding => this.launch.Ending.IsCompleted;

    /// <summary>Ends the launch for a cause that its delegate knows better than by returning or throwing. Of all causes the first counts.</summary>
    internal void End(EndCause cause) => this.launch.End(cause);

    /// <summary>The process that the launch runs in did not end, and was killed.</summary>
    /// <param name="sentence">One sentence for people.</param>
    internal void NoteKill(string sentence) => this.launch.NoteKill(sentence);
}
