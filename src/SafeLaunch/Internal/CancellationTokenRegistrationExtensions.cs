namespace SafeLaunch;

internal static class CancellationTokenRegistrationExtensions
{
    /// <summary>Takes the callback back. Where it runs at this moment it goes on, and the caller does not wait for it as Dispose does.</summary>
    public static void EndWithoutWaiting(this CancellationTokenRegistration registration) =>
#if NET
        registration.Unregister();
#else
        Task.Run(registration.Dispose).Forget();
#endif
}
