using ModelContextProtocol.Client;
using TextContentBlock = ModelContextProtocol.Protocol.TextContentBlock;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>A page and a tool server of ASP.NET Core for a process that cannot load it.</summary>
public sealed class OtherRuntimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static string Parent => Path.Combine(Repository.OutputOf("tests/assets/Programs/NetFrameworkParent", "net48"), "NetFrameworkParent.exe");

    [Test]
    public async Task A_process_of_NET_Framework_shows_a_page_of_a_child_process_under_Mono()
    {
        var run = await TestKit.ChildProcess.RunAsync(Tool.Mono.FindOrIgnore(), [Parent, "page", ProgramAt("PageProgram")], Patience);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Contain("Hello from .NET 10").And.Contain("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task A_tool_of_a_child_process_runs_on_the_main_thread_of_a_process_of_NET_Framework_under_Mono()
    {
        using var parent = new TestKit.ChildProcess(Tool.Mono.FindOrIgnore(), [Parent, "tools", ProgramAt("ToolProgram")]);
        var address = await parent.ReadLineAsync();
        var key = await parent.ReadLineAsync();
        Assert.That(key, Is.Not.Null, () => parent.Output);
        var endpoint = new Uri(address!);

        Assert.That(() => ConnectAsync(endpoint, "wrong"), Throws.Exception.With.Message.Contains("401"));
        await using (var client = await ConnectAsync(endpoint, key!))
        {
            Assert.That(await AddWallAsync(client, 2.5), Is.EqualTo("Wall 1 is 2.5 m long, drawn on thread 'main'"));
            Assert.That(await AddWallAsync(client, -1), Is.EqualTo("A wall has a length above zero."));
            Assert.That(await Task.WhenAll(AddWallAsync(client, 3), AddWallAsync(client, 3)), Is.EquivalentTo(new[] { "Wall 2 is 3 m long, drawn on thread 'main'", "Wall 3 is 3 m long, drawn on thread 'main'" }));
        }

        parent.CloseInput();
        Assert.That(await parent.ExitAsync(Patience), Is.Zero, parent.Output);
        Assert.That(parent.Output, Does.Contain("Stopped: It was asked to stop."));
    }

    private static string ProgramAt(string name) => Path.Combine(Repository.OutputOf($"tests/assets/Programs/{name}"), $"{name}.dll");

    private static Task<McpClient> ConnectAsync(Uri endpoint, string key) => McpClient.CreateAsync(new HttpClientTransport(new()
    {
        Endpoint = endpoint,
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = $"Bearer {key}" },
    })).Within();

    private static async Task<string> AddWallAsync(McpClient client, double length)
    {
        var result = await client.CallToolAsync("add_wall", new Dictionary<string, object?>(StringComparer.Ordinal) { ["length"] = length }).AsTask().Within();
        return result.Content.OfType<TextContentBlock>().Single().Text;
    }
}
