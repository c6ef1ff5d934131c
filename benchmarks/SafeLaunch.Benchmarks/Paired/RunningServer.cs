namespace SafeLaunch.Benchmarks.Paired;

/// <summary>A web server that runs, however it was started.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="StopAsync">Stops it and releases all that it holds.</param>
public sealed record RunningServer(Uri Address, Func<Task> StopAsync);
