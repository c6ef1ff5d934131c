namespace SafeLaunch;

internal static class CancellationTokenSourceExtensions
{
    /// <summary>Cancels, without running what is registered for it on the calling thread. Ends once all of that has run.</summary>
    public static Task CancelElsewhereAsync(this CancellationTokenSource source) =>
#if NET
        source.CancelAsync();
#else
        Task.Run(source.Cancel);
#endif
}
