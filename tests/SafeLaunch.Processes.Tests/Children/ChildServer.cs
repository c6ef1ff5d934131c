using System.Globalization;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>A child launch of <see cref="ChildCode.Serve"/>, and a client of it.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private readonly HttpClient client;

    private ChildServer(LaunchHandle handle)
    {
        this.Handle = handle;
        this.client = handle.CreateClient();
    }

    public LaunchHandle Handle { get; }

    public static async Task<ChildServer> StartAsync(Action<LaunchOptions>? configure = null, Action<ChildProcessOptions>? configureChild = null) =>
        new(await LauncherOf(configure, configureChild).StartAsync().Within());

    public static Launcher LauncherOf(Action<LaunchOptions>? configure = null, Action<ChildProcessOptions>? configureChild = null) =>
        Launcher.For(
            ChildCode.Serve,
            options =>
            {
                options.UseLoopback();
                configure?.Invoke(options);
            }).InChildProcess(configureChild);

    public async Task<string> GetAsync(string path) => await this.client.GetStringAsync(path).Within();

    /// <summary>A request after which the server may be gone.</summary>
    public async Task SendAsync(string path)
    {
        try
        {
            using var response = await this.client.GetAsync(path).Within();
        }
        catch (HttpRequestException)
        {
            // The server has gone before its answer.
        }
    }

    public async Task<int> ProcessAsync() => int.Parse(await this.GetAsync("/process"), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        this.client.Dispose();
        await this.Handle.DisposeAsync();
    }
}
