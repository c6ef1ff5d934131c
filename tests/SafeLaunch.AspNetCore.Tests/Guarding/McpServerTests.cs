using System.Runtime.InteropServices;
using McpServer;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Nito.AsyncEx;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>The tool server of samples/McpServer, called by the official client and by a hostile page.</summary>
public sealed class McpServerTests
{
    private const string CallOfTool = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add_wall","arguments":{"length":2.5}}}""";
    private const string Evil = "Origin: http://evil.test";

    [TestCase(false)]
    [TestCase(true)]
    [Platform(Exclude = "Win", Reason = "A process cannot send another one the signal of Ctrl+C there.")]
    public async Task The_official_client_calls_a_tool_which_runs_on_the_main_thread_of_the_sample(bool requiresToken)
    {
        using var sample = ChildProcess.OfProject("samples/McpServer", requiresToken ? ["--token"] : []);
        var endpoint = new Uri((await sample.ReadLineAsync())!);
        var header = requiresToken ? await sample.ReadLineAsync() : null;
        using var http = new HttpClient();
        await using (var client = await ConnectAsync(endpoint, http, header?.Split(": ")[1]))
        {
            var tools = await client.ListToolsAsync().AsTask().Within();

            Assert.That(tools.Select(tool => tool.Name), Is.EquivalentTo(new[] { "add_wall", "count_walls" }));
            Assert.That(await AddWallAsync(client), Is.EqualTo("Wall 1 is 2.5 m long, drawn on thread 'main' (1)"));
        }

        sample.Signal(PosixSignal.SIGINT);
        Assert.That(await sample.ExitAsync(), Is.Zero, sample.Output);
    }

    [Test]
    public async Task The_official_client_without_the_token_is_refused_and_no_tool_runs()
    {
        await using var desktop = await DesktopProgram.StartAsync(options => options.GuardAccess(guard => guard.RequireToken = true));
        using var stranger = new HttpClient();
        using var friend = desktop.Handle.CreateClient();

        Assert.That(() => ConnectAsync(desktop.Endpoint, stranger), Throws.Exception.With.Message.Contains("401"));
        Assert.That(() => ConnectAsync(desktop.Endpoint, stranger, "Bearer wrong"), Throws.Exception.With.Message.Contains("401"));
        Assert.That(await desktop.CountWallsAsync(), Is.Zero);

        // A client of the launch brings the token by itself.
        await using var client = await ConnectAsync(desktop.Endpoint, friend);
        Assert.That(await AddWallAsync(client), Does.StartWith("Wall 1 is 2.5 m long, drawn on thread 'desktop' "));
    }

    [Test]
    public async Task A_hostile_page_runs_a_tool_of_the_server_without_the_guard()
    {
        await using var desktop = await DesktopProgram.StartAsync(options => options.AllowAnyAccess());

        Assert.That((await desktop.PostAsync("evil.test", Evil)).Status, Is.EqualTo(200));
        Assert.That(await desktop.CountWallsAsync(), Is.EqualTo(1));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_hostile_page_runs_no_tool_of_the_guarded_server(bool requiresToken)
    {
        await using var desktop = await DesktopProgram.StartAsync(options => options.GuardAccess(guard => guard.RequireToken = requiresToken));
        var own = desktop.Handle.Address.Authority;

        Assert.That((await desktop.PostAsync("evil.test", Evil)).Status, Is.EqualTo(421));
        Assert.That((await desktop.PostAsync($"evil.test:{desktop.Handle.Address.Port}")).Status, Is.EqualTo(421));
        Assert.That((await desktop.PostAsync(own, Evil)).Status, Is.EqualTo(403));
        Assert.That((await desktop.PostAsync(own, "Sec-Fetch-Site: cross-site")).Status, Is.EqualTo(403));
        Assert.That(await desktop.CountWallsAsync(), Is.Zero);
    }

    private static Task<McpClient> ConnectAsync(Uri endpoint, HttpClient http, string? authorization = null) => McpClient.CreateAsync(new HttpClientTransport(
        new()
        {
            Endpoint = endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = authorization is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = authorization },
        },
        http)).Within();

    private static async Task<string> AddWallAsync(McpClient client)
    {
        var result = await client.CallToolAsync("add_wall", new Dictionary<string, object?>(StringComparer.Ordinal) { ["length"] = 2.5 }).AsTask().Within();
        return result.Content.OfType<TextContentBlock>().Single().Text;
    }

    /// <summary>The launch of the sample, with other options and on another thread that has a context.</summary>
    private sealed class DesktopProgram : IAsyncDisposable
    {
        private readonly AsyncContextThread mainThread = new();
        private DrawingTools tools = null!;

        private DesktopProgram()
        {
        }

        public LaunchHandle Handle { get; private set; } = null!;

        public Uri Endpoint => new(this.Handle.Address, "mcp");

        public static async Task<DesktopProgram> StartAsync(Action<LaunchOptions> configure)
        {
            var desktop = new DesktopProgram();
            desktop.tools = await desktop.mainThread.Factory.Run(() =>
            {
                Thread.CurrentThread.Name = "desktop";
                return new DrawingTools(new Drawing());
            }).Within();
            desktop.Handle = await Launcher.For(() => ToolServer.Run(desktop.tools), options => configure(options.UseLoopback())).StartAsync().Within();
            return desktop;
        }

        public Task<int> CountWallsAsync() => this.tools.CountWallsAsync(CancellationToken.None).Within();

        /// <summary>Calls the tool as a page would.</summary>
        public Task<RawRequest.Answer> PostAsync(string host, params string[] headers) => RawRequest.SendAsync(
            this.Handle.Address,
            ["POST /mcp HTTP/1.1", $"Host: {host}", .. headers, "Content-Type: application/json", "Accept: application/json, text/event-stream", $"Content-Length: {CallOfTool.Length + 2}", "Connection: close", "", CallOfTool]);

        public async ValueTask DisposeAsync()
        {
            await this.Handle.DisposeAsync();
            await this.mainThread.JoinAsync().Within();
            this.mainThread.Dispose();
        }
    }
}
