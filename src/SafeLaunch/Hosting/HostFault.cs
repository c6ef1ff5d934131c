using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SafeLaunch.Hosting;

internal static class HostFault
{
    /// <summary>
    /// The exception of a background service that stops its host, or null; to be asked for when the host begins to stop. Up to
    /// .NET 10 the host only logs it and then ends as if it had been asked to stop.
    /// </summary>
    public static Exception? Find(IHost host)
    {
        var options = host.Services.GetRequiredService<IOptions<HostOptions>>().Value;
        if (options.BackgroundServiceExceptionBehavior == BackgroundServiceExceptionBehavior.Ignore)
        {
            return null;
        }

        Task[] tasks = [.. host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Select(service => service.ExecuteTask).OfType<Task>()];
        return tasks.Select(task => task.Exception?.InnerException).FirstOrDefault(exception => exception is not null)
            ?? (Array.Find(tasks, task => task.IsCanceled) is { } cancelled && IsFailureOfService() ? CancellationOf(cancelled) : null);
    }

    /// <summary>
    /// A service may be cancelled because its host stops, or by itself, as by a request that timed out, which stops the host.
    /// Its task looks the same; but the host then calls from where it watches it.
    /// </summary>
    private static bool IsFailureOfService() =>
#pragma warning disable CA2249 // Contains takes no comparison on every target framework.
        Environment.StackTrace.IndexOf("TryExecuteBackgroundService", StringComparison.Ordinal) >= 0;
#pragma warning restore CA2249

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
