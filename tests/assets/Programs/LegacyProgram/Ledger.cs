namespace LegacyProgram;

/// <summary>Counts how often the hosted services of this program were stopped.</summary>
public sealed class Ledger : IHostedService
{
    private static int stops;

    public static int Stops => Volatile.Read(ref stops);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref stops);
        return Task.CompletedTask;
    }
}
