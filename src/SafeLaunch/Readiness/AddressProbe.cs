namespace SafeLaunch.Readiness;

/// <summary>Waits until one address answers.</summary>
/// <param name="what">The attempt, for messages.</param>
/// <param name="address">Becomes an address of the launch.</param>
internal abstract class AddressProbe(string what, Uri address) : IReadyProbe
{
    /// <summary>A closed port of this machine refuses at once. Only an address far away, or a server that is slow, takes this long.</summary>
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(2);

    protected Uri Address { get; } = address;

    public async Task WaitAsync(LaunchContext context, CancellationToken cancellationToken)
    {
        await Probe.RepeatAsync(what, this.TryAsync, cancellationToken).ConfigureAwait(false);
        Guard.NotNull(context, nameof(context)).AddAddresses(this.Address);
    }

    public async Task<Uri?> FindReadyAsync(CancellationToken cancellationToken)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        look.CancelAfter(LookTime);
        try
        {
            await this.TryAsync(look.Token).ConfigureAwait(false);
            return this.Address;
        }
        catch (Exception)
        {
            // As it should be.
            return null;
        }
    }

    /// <summary>Throws while it is not ready.</summary>
    protected abstract Task TryAsync(CancellationToken cancellationToken);
}
