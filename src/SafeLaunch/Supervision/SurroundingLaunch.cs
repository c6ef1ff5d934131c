namespace SafeLaunch.Supervision;

/// <summary>The launch inside which a caller blocks for the whole life of another one: they stop, and are ready, together.</summary>
internal static class SurroundingLaunch
{
    /// <summary>The launch that the caller runs inside of; null outside.</summary>
    public static Launch? Current => LaunchScope.CurrentLaunch;

    /// <summary>Links them until it is disposed of.</summary>
    public static IDisposable Link(Launch surrounding, ILaunch inner)
    {
        _ = BeReadyAsync(surrounding, inner);
        return surrounding.Stopping.Register(() => inner.RequestStop($"Launch '{surrounding.Name}', inside which it runs, is ending."));
    }

    private static async Task BeReadyAsync(Launch surrounding, ILaunch inner)
    {
        await Task.WhenAny(inner.Started).ConfigureAwait(false);
        if (inner.Started.Status == TaskStatus.RanToCompletion)
        {
            surrounding.AddAddresses(inner.Addresses);
            surrounding.BeReadyByInner();
        }
    }
}
