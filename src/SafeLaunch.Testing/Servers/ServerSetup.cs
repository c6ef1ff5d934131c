namespace SafeLaunch.Servers;

/// <summary>How each server of a <see cref="LaunchedServer"/> is launched, and prepared for each test.</summary>
/// <param name="name">The name of the launch, unless its options have another.</param>
/// <param name="launcher">Makes the launcher, at each start.</param>
internal sealed class ServerSetup(string name, Func<ServerSetup.Prepare, Launcher> launcher)
{
    private Func<LaunchHandle, Task>[] preparations = [];

    /// <summary>Sets how a server of a test is launched.</summary>
    /// <param name="options">The options to set.</param>
    /// <param name="configure">Sets what the fixture wants, after the defaults.</param>
    internal delegate void Prepare(LaunchOptions options, Action configure);

    public string Name => name;

    /// <summary>Whether the server is prepared for each test.</summary>
    public bool PreparesTests => this.preparations.Length > 0;

    public LaunchException NotStarted() =>
        new($"Launch '{this.Name}' has not been started. Call {nameof(LaunchedServer.Start)} or {nameof(LaunchedServer.StartAsync)} first, as in the set-up of its tests.");

    public Launcher Make(Prepare prepare) => launcher(prepare);

    public void BeforeEachTest(Func<LaunchHandle, Task> prepare) => this.preparations = [.. this.preparations, prepare];

    /// <summary>Prepares the server for a test, by each delegate in turn.</summary>
    public async Task PrepareTestAsync(LaunchHandle handle)
    {
        foreach (var prepare in this.preparations)
        {
            await prepare(handle).ConfigureAwait(false);
        }
    }
}
