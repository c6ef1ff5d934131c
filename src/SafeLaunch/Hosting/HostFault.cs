using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SafeLaunch.Hosting;

/// <summary>Finds the exception of a background service that stops its host.</summary>
internal sealed class HostFault(IHost host)
{
    private BackgroundService[]? services;

    /// <summary>The host has started, and has all its services. The stop of the host waits for <see cref="Find"/>, but not for this.</summary>
    public void OnStarted() => this.services = this.ReadServices();

    /// <summary>
    /// The exception of a background service, or null. To be called when the host begins to stop. Up to .NET 10 the host only logs the
    /// exception and then ends as if it had been asked to stop.
    /// </summary>
    public Exception? Find()
    {
        var failed = Array.FindAll(this.services ?? this.ReadServices(), service => service.ExecuteTask is { IsFaulted: true } or { IsCanceled: true });
        return failed.Length > 0 && this.StopsForFaults() ? ExceptionOf(Array.ConvertAll(failed, service => service.ExecuteTask!)) : null;
    }

    private BackgroundService[] ReadServices() => [.. (HostedServices.Of(HostedServices.Unwrap(host)) ?? []).OfType<BackgroundService>()];

    private bool StopsForFaults() =>
        host.Services.GetRequiredService<IOptions<HostOptions>>().Value.BackgroundServiceExceptionBehavior != BackgroundServiceExceptionBehavior.Ignore;

    private static Exception? ExceptionOf(Task[] failed) =>
        failed.Select(task => task.Exception?.InnerException).FirstOrDefault(exception => exception is not null)
            ?? (Array.Find(failed, task => task.IsCanceled) is { } cancelled && IsFailureOfService() ? CancellationOf(cancelled) : null);

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
