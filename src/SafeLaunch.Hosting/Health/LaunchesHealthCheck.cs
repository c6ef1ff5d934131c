using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafeLaunch.InHost;

namespace SafeLaunch.Health;

/// <summary>Whether all launches of a host are ready: as healthy as the least healthy of them.</summary>
internal sealed class LaunchesHealthCheck(HostedLaunches launches) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var results = launches.Launches.Select(launch => (launch.Name, Result: LaunchHealthCheck.Look(launch))).ToArray();
        var status = results.Select(one => one.Result.Status).DefaultIfEmpty(HealthStatus.Healthy).Min();
        var faults = results.Where(one => one.Result.Status != HealthStatus.Healthy).ToArray();
        return Task.FromResult(new HealthCheckResult(
            status == HealthStatus.Unhealthy ? context.Registration.FailureStatus : status,
            faults.Length == 0 ? "All launches are ready." : string.Join(" ", faults.Select(one => one.Result.Description)),
            faults.Select(one => one.Result.Exception).FirstOrDefault(exception => exception is not null),
            results.ToDictionary(one => one.Name, one => (object)one.Result.Data, StringComparer.Ordinal)));
    }
}
