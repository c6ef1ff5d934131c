using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SafeLaunch.Tests.Readiness;

/// <summary>Ready.Tcp and Ready.Http against real sockets.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReadyProbeTests
{

    [Test]
    public async Task Ready_Tcp_is_ready_once_the_port_is_open_and_adds_its_address()
    {
        var port = TakenPort.ThatIsFreeAgain();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        await using var handle = await Launcher.For(listener.Start, options => options.ReadyWhen(Ready.Tcp(port))).StartAsync().Within();

        Assert.That(handle.Address, Is.EqualTo(new Uri($"tcp://localhost:{port}")));
    }

    [Test]
    public async Task Ready_Tcp_finds_a_server_that_only_listens_on_IPv6()
    {
        Assume.That(await Dns.GetHostAddressesAsync("localhost"), Has.Member(IPAddress.IPv6Loopback), "this machine calls it localhost");
        var port = TakenPort.ThatIsFreeAgain();
        using var listener = new TcpListener(IPAddress.IPv6Loopback, port);

        await using var handle = await Launcher.For(listener.Start, options => options.ReadyWhen(Ready.Tcp(port))).StartAsync().Within();

        Assert.That(handle.Addresses, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Ready_Tcp_waits_for_a_server_that_opens_its_port_late()
    {
        var port = TakenPort.ThatIsFreeAgain();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        var isOpen = false;
        await using var handle = await Launcher.For(
            async () =>
            {
                await Task.Yield();
                isOpen = true;
                listener.Start();
            },
            options => options.ReadyWhen(Ready.Tcp(port))).StartAsync().Within();

        Assert.That(isOpen, Is.True);
    }

    [Test]
    public void Ready_Tcp_says_what_went_wrong_last()
    {
        var error = TestLaunch.TimeoutErrorThatSays(
            " did not answer: ",
            context => context.Stopping.WaitHandle.WaitOne(),
            options => options.ReadyWhen(Ready.Tcp(TakenPort.ThatIsFreeAgain())));

        Assert.That(error.Message, Does.Contain("tcp://localhost:").And.Contain("refused"));
    }

    [TestCase(HttpStatusCode.OK)]
    [TestCase(HttpStatusCode.NotFound)]
    [TestCase(HttpStatusCode.Unauthorized)]
    [TestCase(HttpStatusCode.Redirect)]
    public async Task Ready_Http_is_ready_with_any_answer_that_is_no_server_error(HttpStatusCode status)
    {
        using var server = new RawHttpServer(_ => status);
        await using var handle = await Launcher.For(server.Start, options => options.ReadyWhen(Ready.Http(server.Uri))).StartAsync().Within();

        Assert.That(handle.Address, Is.EqualTo(server.Uri));
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Ready_Http_asks_again_while_the_server_answers_with_errors()
    {
        using var server = new RawHttpServer(request => request < 3 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
        await using var handle = await Launcher.For(server.Start, options => options.ReadyWhen(Ready.Http(server.Uri.ToString()))).StartAsync().Within();

        Assert.That(server.Requests, Is.EqualTo(3));
    }

    [Test]
    public void Ready_Http_says_which_status_it_saw_last()
    {
        using var server = new RawHttpServer(_ => HttpStatusCode.BadGateway);
        server.Start();

        var error = TestLaunch.TimeoutErrorThatSays("it answered 502.", _ => { }, options => options.ReadyWhen(Ready.Http(server.Uri)));

        Assert.That(error.Message, Does.Contain($"GET {server.Uri} did not answer: "));
    }

    [Test]
    public async Task Ready_Http_leaves_a_server_that_accepts_and_never_answers_when_it_is_cancelled()
    {
        using var server = new TcpListener(IPAddress.Loopback, port: 0);
        server.Start();
        var uri = $"http://{server.LocalEndpoint}/";
        using var cancelled = new CancellationTokenSource();
        var probe = Ready.Http(uri)(null!, cancelled.Token);
        using var connection = await server.AcceptTcpClientAsync().Within();

        cancelled.Cancel();

        var error = Assert.ThrowsAsync<TimeoutException>(() => probe.Within());
        Assert.That(error!.Message, Is.EqualTo($"GET {uri} did not answer"));
    }

    [Test]
    public void A_start_fails_where_a_Tcp_probe_finds_a_listener_before_the_delegate_has_begun()
    {
        using var other = new TakenPort();
        var hasBegun = false;

        var error = TestLaunch.StartError(_ => hasBegun = true, options =>
        {
            options.Name = "shop";
            options.ReadyWhen(Ready.Tcp(other.Port));
        });

        Assert.That(error, Is.TypeOf<LaunchException>());
        Assert.That(error.Message, Does.Contain("'shop'").And.Contain($"tcp://localhost:{other.Port}").And.Contain("something else listens there"));
        Assert.That(hasBegun, Is.False);
    }

    [Test]
    public void A_start_times_out_and_names_the_probe_while_something_listens_there_and_does_not_answer()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var hasBegun = false;

        // Shorter than the probe looks.
        var error = TestLaunch.StartError(_ => hasBegun = true, options =>
        {
            options.StartTimeout = TestLaunch.ShortStart;
            options.ReadyWhen(Ready.Http(new Uri($"http://{other.LocalEndpoint}/")));
        });

        Assert.That(error, Is.TypeOf<LaunchTimeoutException>());

        Assert.That(error.Message, Does.Contain("still looking whether another server answers").And.Not.Contain("ConfigureLaunchHost"));
        Assert.That(hasBegun, Is.False);
    }

    [Test]
    public void A_start_fails_where_an_Http_probe_is_answered_before_the_delegate_has_begun()
    {
        using var other = new RawHttpServer(_ => HttpStatusCode.NotFound);
        other.Start();

        var error = TestLaunch.StartError(_ => { }, options => options.ReadyWhen(Ready.All(Ready.Http(other.Uri), Ready.Tcp(TakenPort.ThatIsFreeAgain()))));

        Assert.That(error.Message, Does.Contain($"{other.Uri} answers before").And.Contain("something else listens there"));
    }

    [Test]
    public async Task A_proxy_that_answers_with_an_error_until_its_server_is_up_fails_no_start()
    {
        var isUp = false;
        using var proxy = new RawHttpServer(_ => Volatile.Read(ref isUp) ? HttpStatusCode.OK : HttpStatusCode.BadGateway);
        proxy.Start();

        await using var handle = await Launcher.For(() => Volatile.Write(ref isUp, true), options => options.ReadyWhen(Ready.Http(proxy.Uri))).StartAsync().Within();

        Assert.That(handle.Address, Is.EqualTo(proxy.Uri));
    }

    [Test]
    public async Task Ready_Http_is_ready_with_a_status_that_it_was_given_as_ready()
    {
        using var server = new RawHttpServer(request => request == 1 ? HttpStatusCode.OK : HttpStatusCode.NotImplemented);
        await using var handle = await Launcher.For(
            server.Start,
            options => options.ReadyWhen(Ready.Http(server.Uri, status => status == HttpStatusCode.NotImplemented))).StartAsync().Within();

        Assert.That(handle.Address, Is.EqualTo(server.Uri));
        Assert.That(server.Requests, Is.EqualTo(2));
    }

    [TestCase("127.0.0.1", "http", "http://127.0.0.1:{0}")]
    [TestCase("localhost", "amqp", "amqp://localhost:{0}")]
    public async Task Ready_Tcp_adds_an_address_of_the_host_and_the_scheme_that_it_was_given(string host, string scheme, string address)
    {
        var port = TakenPort.ThatIsFreeAgain();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        await using var handle = await Launcher.For(listener.Start, options => options.ReadyWhen(Ready.Tcp(host, port, scheme))).StartAsync().Within();

        Assert.That(handle.Address, Is.EqualTo(new Uri(string.Format(CultureInfo.InvariantCulture, address, port))));
    }

    [Test]
    public async Task Ready_Tcp_takes_an_IPv6_address_as_its_host()
    {
        var port = TakenPort.ThatIsFreeAgain();
        using var listener = new TcpListener(IPAddress.IPv6Loopback, port);
        await using var handle = await Launcher.For(listener.Start, options => options.ReadyWhen(Ready.Tcp("::1", port))).StartAsync().Within();

        Assert.That(handle.Address, Is.EqualTo(new Uri($"tcp://[::1]:{port}")));
    }

    [Test]
    public async Task Ready_All_cancels_the_other_probes_when_one_fails()
    {
        var cancelled = Gate.NewSource();
        var failure = new InvalidOperationException();

        var all = Ready.All(
            (_, token) =>
            {
                token.Register(cancelled.SetResult);
                return new TaskCompletionSource().Task;
            },
            (_, _) => Task.FromException(failure));

        Assert.That(Assert.CatchAsync(() => all(null!, CancellationToken.None).Within()), Is.SameAs(failure));
        await cancelled.Task.Within();
    }

    [Test]
    public async Task Ready_All_waits_for_each_of_its_probes_and_adds_all_their_addresses()
    {
        var port = TakenPort.ThatIsFreeAgain();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        using var server = new RawHttpServer(_ => HttpStatusCode.OK);
        await using var handle = await Launcher.For(
            () =>
            {
                listener.Start();
                server.Start();
            },
            options => options.ReadyWhen(Ready.All(Ready.Tcp(port), Ready.Http(server.Uri)))).StartAsync().Within();

        Assert.That(handle.Addresses, Is.EquivalentTo(new[] { new Uri($"tcp://localhost:{port}"), server.Uri }));
    }

    [Test]
    public void The_first_probe_of_All_that_fails_fails_the_start()
    {
        var failure = new InvalidOperationException("never");

        var error = TestLaunch.StartError(
            context => context.Stopping.WaitHandle.WaitOne(),
            options => options.ReadyWhen(Ready.All(Ready.Tcp(TakenPort.ThatIsFreeAgain()), (_, _) => Task.FromException(failure))));

        Assert.That(error, Is.SameAs(failure));
    }

    [Test]
    [NotOnMono(Mono.CrashesWhereAListenerIsProbed)]
    public async Task Ready_Http_finds_an_HttpListener_that_the_launch_runs()
    {
        using var listener = ListenOnFreePort();
        await using var handle = await Launcher.For(
            context =>
            {
                try
                {
                    while (true)
                    {
                        using var response = listener.GetContext().Response;
                        response.StatusCode = 204;
                    }
                }
                catch (Exception e) when (e is HttpListenerException or InvalidOperationException && context.Stopping.IsCancellationRequested)
                {
                    // Stopped.
                }
            },
            options =>
            {
                options.ReadyWhen(Ready.Http(listener.Prefixes.Single()));
                options.StopWith(_ =>
                {
                    listener.Close();
                    return Task.CompletedTask;
                });
            }).StartAsync().Within();

        using var client = new HttpClient();
        using var answer = await client.GetAsync(handle.Address).Within();
        var outcome = await handle.StopAsync().Within();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    /// <summary>It takes no port of the system's choice, and a free port may be taken by the time that it asks for it.</summary>
    private static HttpListener ListenOnFreePort()
    {
        while (true)
        {
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{TakenPort.ThatIsFreeAgain()}/");
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException)
            {
                // Not disposed of: that fails, too, for a listener without a port.
            }
        }
    }

    /// <summary>Answers each request with the status for its number, and closes the connection.</summary>
    private sealed class RawHttpServer : IDisposable
    {
        private readonly int port = TakenPort.ThatIsFreeAgain();
        private readonly TcpListener listener;
        private readonly Func<int, HttpStatusCode> answer;
        private int requests;

        public RawHttpServer(Func<int, HttpStatusCode> answer)
        {
            this.answer = answer;
            this.listener = new(IPAddress.Loopback, this.port);
        }

        public Uri Uri => new($"http://127.0.0.1:{this.port}/");

        public int Requests => Volatile.Read(ref this.requests);

        public void Start()
        {
            this.listener.Start();
            _ = this.ServeAsync();
        }

        public void Dispose() => this.listener.Dispose();

        private async Task ServeAsync()
        {
            while (true)
            {
                using var client = await this.listener.AcceptTcpClientAsync().ConfigureAwait(false);
                using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4096]).ConfigureAwait(false);
                var status = this.answer(Interlocked.Increment(ref this.requests));
                await stream.WriteAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {(int)status} {status}\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")).ConfigureAwait(false);
            }
        }
    }
}
