namespace SafeLaunch.Readiness;

/// <summary>The target of a probe of <see cref="LaunchOptions.ReadyWhen"/> that knows where the server will answer.</summary>
internal interface IReadyProbe
{
    /// <summary>Asks once, within a bounded time.</summary>
    /// <returns>The address that is ready already; null if none is, or the token is cancelled.</returns>
    Task<Uri?> FindReadyAsync(CancellationToken cancellationToken);
}
