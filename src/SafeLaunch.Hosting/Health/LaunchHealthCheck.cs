using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafeLaunch.InHost;
using SafeLaunch.Supervision;

namespace SafeLaunch.Health;

/// <summary>Whether one launch of a host is ready. It keeps no state, so that a launch which comes back is healthy again.</summary>
internal sealed class LaunchHealthCheck(HostedLaunch launch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var result = Look(launch);
        return Task.FromResult(result.Status == HealthStatus.Unhealthy
            ? new(context.Registration.FailureStatus, result.Description, result.Exception, result.Data)
            : result);
    }

    public static HealthCheckResult Look(HostedLaunch launch)
    {
        var state = launch.State;
        var runs = launch.EarlierRuns;
        var last = runs.Count == 0 ? null : runs[^1];
        var unserved = launch.UnservedWork;
        var concern = LaunchConcern.Of(launch);
        var (status, reason) = state switch
        {
            LaunchState.Running when concern is null => (HealthStatus.Healthy, "It is ready."),
            LaunchState.Running => (launch.IsDraining ? HealthStatus.Unhealthy : HealthStatus.Degraded, concern),
            LaunchState.NotStarted when launch.Registration.StartWhen == LaunchStart.OnDemand => (HealthStatus.Healthy, "It starts on demand."),
            LaunchState.NotStarted => (HealthStatus.Degraded, "It has not been started yet."),
            LaunchState.Starting => (HealthStatus.Degraded, "It is starting."),
            LaunchState.Restarting => (HealthStatus.Degraded, $"It is started again after a crash. {last?.Reason}".TrimEnd()),
            LaunchState.Stopping => (HealthStatus.Unhealthy, "It is stopping."),
            _ => (HealthStatus.Unhealthy, launch.Completion is { IsCompleted: true, Result: var outcome } ? $"{outcome.Kind}: {outcome.Reason}" : "It has ended."),
        };
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["state"] = state.ToString(),
            ["addresses"] = launch.Addresses.Select(address => address.ToString()).ToArray(),
            ["since"] = launch.Since,
            ["runs"] = runs.Count + (state is LaunchState.NotStarted or LaunchState.Restarting or LaunchState.Ended ? 0 : 1),
            ["reason"] = reason,
        };
        if (unserved is not null)
        {
            data["unservedWork"] = unserved.Count;
            data["unservedFor"] = unserved.For;
        }

        return new(status, $"Launch '{launch.Name}': {reason}", status == HealthStatus.Healthy ? null : last?.Exception, data);
    }
}
