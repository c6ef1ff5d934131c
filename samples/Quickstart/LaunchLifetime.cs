using SafeLaunch;

namespace Quickstart;

/// <summary>The app ends with its launch. It stands in for the console lifetime, so that Ctrl+C has one handler: the launch.</summary>
internal sealed class LaunchLifetime(LaunchContext launch, IHostApplicationLifetime app) : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        launch.Stopping.Register(app.StopApplication);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
