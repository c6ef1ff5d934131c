using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Starts and stops with the errors that a test gives it.</summary>
internal sealed class FailingService : IHostedService
{
    public Exception? StartError { get; init; }

    public Exception? StopError { get; init; }

    public Action WhenStopped { get; init; } = () => { };

    public Task StartAsync(CancellationToken cancellationToken) => EndWith(this.StartError);

    public Task StopAsync(CancellationToken cancellationToken)
    {
        this.WhenStopped();
        return EndWith(this.StopError);
    }

    private static Task EndWith(Exception? error) => error is null ? Task.CompletedTask : Task.FromException(error);
}
