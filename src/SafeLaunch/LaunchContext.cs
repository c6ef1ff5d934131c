using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <summary>What a launch delegate may ask of the launch that runs it. Safe from any thread.</summary>
public sealed class LaunchContext
{
    private readonly Launch launch;

    internal LaunchContext(Launch launch) => this.launch = launch;

    /// <summary>Gets the name of the launch.</summary>
    public string Name => this.launch.Name;

    /// <summary>Gets the services of the own host, as <see cref="LaunchOptions.ConfigureHost"/> has set them up.</summary>
    /// <exception cref="LaunchException">The launch has ended, and its services with it.</exception>
    public IServiceProvider Services => this.launch.Services;

    /// <summary>Gets a token that is cancelled when the launch is to end. A blocking delegate returns soon after.</summary>
    public CancellationToken Stopping => this.launch.Stopping;

    /// <summary>Gets the launch synchronization context: posted work runs on the launch thread, one item after another.</summary>
    public SynchronizationContext SynchronizationContext => this.launch.SynchronizationContext;

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

        this.launch.Addresses.Add(addresses);
    }
}
