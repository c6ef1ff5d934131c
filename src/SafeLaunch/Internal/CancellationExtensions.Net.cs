#if NET
namespace SafeLaunch.Internal;

/// <summary>Cancellation that makes no caller run or wait for the registered callbacks.</summary>
internal static class CancellationExtensions
{
    /// <summary>Cancels, without running the registered callbacks on the calling thread. Ends once all of them have run.</summary>
    public static Task CancelElsewhereAsync(this CancellationTokenSource source) => source.CancelAsync();

    /// <summary>Takes the callback back. Where it runs at this moment it goes on, and the caller does not wait for it as Dispose does.</summary>
    public static void EndWithoutWaiting(this CancellationTokenRegistration registration) => registration.Unregister();
}
#endif
