using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet.Server;
using SafeLaunch.Tests.AspNetCore;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Real servers that are no generic host.</summary>
public sealed class OtherServerTests
{
    [Test]
    public async Task An_HttpListener_that_is_probed_serves_until_it_is_stopped()
    {
        using var listener = new HttpListener();
        var address = Prefix(listener);
        var options = new LaunchOptions { ReadyWhen = Ready.Http(address), StopWith = _ => Task.Run(listener.Stop) };
        await using var handle = await Launcher.StartAsync(() => Serve(listener), options).Within();

        Assert.That(handle.Address, Is.EqualTo(address));
        Assert.That(await GetAsync(handle.Address).Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(listener.IsListening, Is.False);
        Assert.That(() => GetAsync(address).Within(), Throws.InstanceOf<HttpRequestException>());

        static void Serve(HttpListener listener)
        {
            listener.Start();
            try
            {
                while (true)
                {
                    listener.GetContext().Response.Close("served"u8.ToArray(), willBlock: true);
                }
            }
            catch (Exception e) when (e is HttpListenerException or InvalidOperationException)
            {
                // It was stopped.
            }
        }
    }

    [Test]
    public async Task A_TcpListener_that_accepts_in_a_loop_says_itself_that_it_is_ready()
    {
        await using var handle = await Launcher.StartAsync(async launch =>
        {
            using var listener = new TcpListener(IPAddress.Loopback, port: 0);
            listener.Start();
            launch.SignalReady(new Uri($"tcp://{listener.LocalEndpoint}"));
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(launch.Stopping);
                await client.GetStream().WriteAsync("served"u8.ToArray());
            }
        }).Within();

        Assert.That(await ReadAsync(handle.Address).Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(() => ReadAsync(handle.Address).Within(), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public async Task A_TcpListener_that_blocks_is_probed_and_closed_from_outside()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var options = new LaunchOptions { ReadyWhen = Ready.Tcp(port), StopWith = _ => Task.Run(listener.Stop) };
        await using var handle = await Launcher.StartAsync(() => Serve(listener), options).Within();

        Assert.That(handle.Address, Is.EqualTo(new Uri($"tcp://localhost:{port}")));
        Assert.That(await ReadAsync(handle.Address).Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));

        static void Serve(TcpListener listener)
        {
            try
            {
                while (true)
                {
                    using var client = listener.AcceptTcpClient();
                    client.GetStream().Write("served"u8);
                }
            }
            catch (SocketException)
            {
                // It was stopped.
            }
        }
    }

    [Test]
    public async Task An_embedded_server_that_is_returned_is_disposed_of_at_the_stop()
    {
        var port = TakenPort.ThatIsFreeAgain();
        var endpoint = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(port);
        MqttServer? server = null;
        await using var handle = await Launcher.StartAsync(
            () =>
            {
                server = new MqttServerFactory().CreateMqttServer(endpoint.Build());
                server.StartAsync().GetAwaiter().GetResult();
                return server;
            },
            new LaunchOptions { ReadyWhen = Ready.Tcp(port) }).Within();

        Assert.That(server!.IsStarted, Is.True);
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(() => ReadAsync(handle.Address).Within(), Throws.InstanceOf<SocketException>());
    }

    private static IEnumerable<TestCaseData> LegacyBuilders()
    {
        yield return Case("WebHost.CreateDefaultBuilder", () => WebHost.CreateDefaultBuilder().ConfigureLogging(logging => logging.ClearProviders()).SuppressStatusMessages(suppressStatusMessages: true));
        yield return Case("new WebHostBuilder", () => new WebHostBuilder().UseKestrel().SuppressStatusMessages(suppressStatusMessages: true));

        static TestCaseData Case(string name, Func<IWebHostBuilder> builder) => new TestCaseData(builder).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(LegacyBuilders))]
    public async Task A_legacy_web_host_says_itself_that_it_is_ready(Func<IWebHostBuilder> builder)
    {
        await using var handle = await Launcher.StartAsync(async launch =>
        {
            using var host = builder().UseUrls("http://127.0.0.1:0").Configure(Serve).Build();
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() =>
                launch.SignalReady([.. host.ServerFeatures.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))]));
            await host.RunAsync(launch.Stopping);
        }).Within();

        Assert.That(handle.Hosts, Is.Empty);
        Assert.That(await GetAsync(handle.Address).Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [TestCaseSource(nameof(LegacyBuilders))]
    public async Task A_legacy_web_host_that_blocks_is_probed_and_stopped_through_its_lifetime(Func<IWebHostBuilder> builder)
    {
        var address = new Uri($"http://127.0.0.1:{TakenPort.ThatIsFreeAgain()}");
        var host = builder().UseUrls(address.ToString()).Configure(Serve).Build();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var options = new LaunchOptions { ReadyWhen = Ready.Http(address), StopWith = _ => Task.Run(lifetime.StopApplication) };
        await using var handle = await Launcher.StartAsync(() => host.Run(), options).Within();

        Assert.That(await GetAsync(handle.Address).Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public void A_legacy_web_host_that_says_nothing_fails_the_start_which_says_what_to_do()
    {
        var options = new LaunchOptions { StartTimeout = TimeSpan.FromSeconds(1) };

        var exception = Assert.ThrowsAsync<LaunchTimeoutException>(() => Launcher.StartAsync(
            launch => new WebHostBuilder().UseKestrel().UseUrls("http://127.0.0.1:0").Configure(Serve).Build().RunAsync(launch.Stopping),
            options).Within());

        Assert.That(exception.Message, Does.Contain("no host was noticed").And.Contain("a legacy WebHostBuilder included, call LaunchContext.SignalReady"));
    }

    private static void Serve(IApplicationBuilder app) => app.Run(context => context.Response.WriteAsync("served"));

    /// <summary>An HttpListener cannot have the system pick its port.</summary>
    private static Uri Prefix(HttpListener listener)
    {
        listener.Prefixes.Add($"http://127.0.0.1:{TakenPort.ThatIsFreeAgain()}/");
        return new(listener.Prefixes.Single());
    }

    private static async Task<string> GetAsync(Uri address)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(address);
    }

    private static async Task<string> ReadAsync(Uri address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }
}
