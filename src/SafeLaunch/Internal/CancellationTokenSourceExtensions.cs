namespace SafeLaunch;

internal static class CancellationTokenSourceExtensions
{
    /// <summary>Cancels, without running the registered callbacks on the calling thread. Ends once all of them have run.</summary>
    public static Task CancelElsewhereAsync(this CancellationTokenSource source) =>
#if NET
        source.CancelAsync();
#else
        Task.Run(source.Cancel);
#endif
}
