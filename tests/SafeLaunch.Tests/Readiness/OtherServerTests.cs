using System.Net;
using System.Net.Sockets;

namespace SafeLaunch.Tests.Readiness;

/// <summary>Real servers that are no generic host.</summary>
public sealed class OtherServerTests
{
    [Test]
    [NotOnMono(Mono.CrashesWhereAListenerIsProbed)]
    public async Task An_HttpListener_that_is_probed_serves_until_it_is_stopped()
    {
        using var listener = new HttpListener();
        var address = Prefix(listener);
        var isListening = Gate.NewSource();
        Action<LaunchOptions> configure = options =>
        {
            // A connection that comes in the start of an HttpListener can make that throw.
            options.ReadyWhen(async (context, cancellationToken) =>
            {
                await isListening.Task;
                await Ready.Http(address)(context, cancellationToken);
            });
            options.StopWith(_ => Task.Run(listener.Close));
        };
        await using var handle = await Launcher.For(Serve, configure).StartAsync().Within();

        Assert.That(handle.Address, Is.EqualTo(address));
        Assert.That(await GetAsync(handle.Address).Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(listener.IsListening, Is.False);
        Assert.That(() => GetAsync(address).Within(), Throws.InstanceOf<HttpRequestException>());

        void Serve()
        {
            listener.Start();
            isListening.SetResult();
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
        await using var handle = await Launcher.For(async launch =>
        {
            using var listener = new TcpListener(IPAddress.Loopback, port: 0);
            listener.Start();
            launch.SignalReady(new Uri($"tcp://{listener.LocalEndpoint}"));
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(launch.Stopping);
                await client.GetStream().WriteAsync("served"u8.ToArray());
            }
        }).StartAsync().Within();

        Assert.That(await ReadAsync(handle.Address).Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(() => ReadAsync(handle.Address).Within(), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public async Task A_TcpListener_that_blocks_is_probed_and_closed_from_outside()
    {
        var port = TakenPort.ThatIsFreeAgain();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        Action<LaunchOptions> configure = options =>
        {
            options.ReadyWhen(Ready.Tcp(port));
            options.StopWith(_ => Task.Run(listener.Stop));
        };
        await using var handle = await Launcher.For(() => Serve(listener), configure).StartAsync().Within();

        Assert.That(handle.Address, Is.EqualTo(new Uri($"tcp://localhost:{port}")));
        Assert.That(await ReadAsync(handle.Address).Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));

        static void Serve(TcpListener listener)
        {
            listener.Start();
            try
            {
                while (true)
                {
                    using var client = listener.AcceptTcpClient();
                    client.GetStream().Write("served"u8);
                }
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                // It was stopped.
            }
        }
    }

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
