using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SafeLaunch.Hosting;

internal static class HostFault
{
    /// <summary>
    /// The exception of a background service that stops its host, or null. To be called when the host begins to stop. Up to
    /// .NET 10 the host only logs the exception and then ends as if it had been asked to stop.
    /// </summary>
    public static Exception? Find(IHost host)
    {
        if (HostedServices.Of(HostedServices.Unwrap(host)) is not { } services || !StopsForFaults(host))
        {
            return null;
        }

        Task[] tasks = [.. services.OfType<BackgroundService>().Select(service => service.ExecuteTask).OfType<Task>()];
        return tasks.Select(task => task.Exception?.InnerException).FirstOrDefault(exception => exception is not null)
            ?? (Array.Find(tasks, task => task.IsCanceled) is { } cancelled && IsFailureOfService() ? CancellationOf(cancelled) : null);
    }

    private static bool StopsForFaults(IHost host) =>
        host.Services.GetRequiredService<IOptions<HostOptions>>().Value.BackgroundServiceExceptionBehavior != BackgroundServiceExceptionBehavior.Ignore;

    /// <summary>
    /// A service may be cancelled because its host stops, or by itself, as by a request that timed out, which stops the host.
    /// Its task looks the same in both cases; in the second the host calls from the method in which it watches the service.
    /// </summary>
    private static bool IsFailureOfService() =>
        Environment.StackTrace.Contains("TryExecuteBackgroundService", StringComparison.Ordinal);

    private static OperationCanceledException? CancellationOf(Task cancelled)
    {
        try
        {
            cancelled.GetAwaiter().GetResult();
            return null;
        }
        catch (OperationCanceledException e)
        {
            return e;
        }
    }
}
