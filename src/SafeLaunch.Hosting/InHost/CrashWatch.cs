using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.InHost;

/// <summary>What the crash of a launch that has been ready does to its host.</summary>
internal sealed class CrashWatch(IServiceProvider services, ILogger logger)
{
    /// <summary>Stops the host when the run crashes, or logs the crash.</summary>
    public async Task WatchAsync(HostedLaunch launch, HostedRun run)
    {
        var outcome = await run.Completion.ConfigureAwait(false);
        if (outcome.Kind != LaunchOutcomeKind.Crashed)
        {
            return;
        }

        if (launch.Registration.WhenCrashed == LaunchCrash.StopHost)
        {
            logger.StopsHost(outcome.Exception, launch.Name, outcome.Reason);
            services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        }
        else
        {
            logger.KeepsHost(outcome.Exception, launch.Name, outcome.Reason);
        }
    }
}
