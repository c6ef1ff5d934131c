using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.AspNetCore.Tests;

public sealed class AddressTests
{
    private static IEnumerable<TestCaseData> WaysToListen()
    {
        yield return Case("UseUrls", (builder, port) => UseUrls(builder, port), (_, _) => { });
        yield return Case("the urls setting", (builder, port) => builder.Configuration["urls"] = Url(port), (_, _) => { });
        yield return Case("app.Urls.Add", (_, _) => { }, (app, port) => app.Urls.Add(Url(port)));
        yield return Case("app.Run(url)", (_, _) => { }, (_, _) => { }, Url);
        yield return Case("Kestrel's Listen", Listen, (_, _) => { });
        yield return Case("Kestrel:Endpoints", Endpoints, (_, _) => { });
        yield return Case(
            "all of them",
            (builder, port) =>
            {
                UseUrls(builder, port);
                Listen(builder, port);
                Endpoints(builder, port);
            },
            (app, port) => app.Urls.Add(Url(port)),
            Url);

        static TestCaseData Case(string name, Action<WebApplicationBuilder, int> build, Action<WebApplication, int> setUp, Func<int, string>? runUrl = null) =>
            new TestCaseData(build, setUp, runUrl).SetArgDisplayNames(name);

        static string Url(int port) => $"http://127.0.0.1:{port}";

        static void UseUrls(WebApplicationBuilder builder, int port) => builder.WebHost.UseUrls(Url(port));

        static void Listen(WebApplicationBuilder builder, int port) => builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port);
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.ListenAnyIP(port);
        });

        static void Endpoints(WebApplicationBuilder builder, int port) =>
            builder.Configuration["Kestrel:Endpoints:Own:Url"] = Url(port);
    }

    [TestCaseSource(nameof(WaysToListen))]
    public async Task UseLoopback_comes_before_every_other_way_to_listen(
        Action<WebApplicationBuilder, int> build, Action<WebApplication, int> setUp, Func<int, string>? runUrl)
    {
        // Taken, so that the start would fail if the app were to listen there.
        using var taken = new TakenPort();
        await using var handle = await Launcher.For(
            () =>
            {
                var builder = WebApplication.CreateBuilder();
                builder.Logging.ClearProviders();
                build(builder, taken.Port);
                var app = builder.Build();
                app.MapGet("/", () => "served");
                setUp(app, taken.Port);
                app.Run(runUrl?.Invoke(taken.Port));
            },
            options => options.UseLoopback()).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(handle.Addresses, Is.EqualTo(new[] { new Uri($"http://127.0.0.1:{handle.Address.Port}") }));
        Assert.That(handle.Address.Port, Is.Not.Zero.And.Not.EqualTo(taken.Port));
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
    }

    [Test]
    public async Task A_program_that_builds_its_app_anew_stays_at_its_address()
    {
        var runs = 0;
        var goesOn = true;
        using var isServing = new SemaphoreSlim(0);
        await using var handle = await Launcher.For(
            () =>
            {
                while (goesOn)
                {
                    var builder = WebApplication.CreateBuilder();
                    builder.Logging.ClearProviders();
                    var app = builder.Build();
                    var run = ++runs;
                    app.MapGet("/", () => run);
                    app.MapPost("/restart", () => app.Lifetime.StopApplication());
                    app.Lifetime.ApplicationStarted.Register(() => isServing.Release());
                    app.Run();
                }
            },
            options => options.UseLoopback()).StartAsync().Within();
        using var client = handle.CreateClient();
        for (var run = 1; run <= 3; run++)
        {
            Assert.That(await isServing.WaitAsync(Gate.Patience), Is.True);
            Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo($"{run}"));
            goesOn = run < 3;
            using var restart = await client.PostAsync("/restart", content: null).Within();
            restart.EnsureSuccessStatusCode();
        }

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
        Assert.That(handle.Addresses, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task UseUrls_puts_the_app_on_each_given_address()
    {
        var port = FreePort();
        await using var handle = await StartAsync(options => options.UseUrls($"http://127.0.0.1:{port}", "http://127.0.0.1:0")).Within();

        Assert.That(handle.Addresses, Has.Count.EqualTo(2));
        Assert.That(handle.Addresses[0], Is.EqualTo(new Uri($"http://127.0.0.1:{port}")));
        foreach (var address in handle.Addresses)
        {
            Assert.That(await GetAsync(address).Within(), Is.EqualTo("served"));
        }
    }

    [Test]
    public async Task The_last_of_several_UseUrls_counts()
    {
        using var taken = new TakenPort();
        Action<LaunchOptions> configure = options => options.UseUrls($"http://127.0.0.1:{taken.Port}").UseUrls("http://127.0.0.1:0", "http://127.0.0.1:0").UseLoopback();
        await using var handle = await StartAsync(configure).Within();

        Assert.That(handle.Addresses, Has.Count.EqualTo(1));
        Assert.That(handle.Address.Port, Is.Not.EqualTo(taken.Port));
    }

    [Test]
    public async Task ReportAddresses_leaves_the_app_where_it_listens()
    {
        var port = FreePort();
        await using var handle = await StartAsync(options => options.ReportAddresses(), $"http://127.0.0.1:{port}").Within();

        Assert.That(handle.Addresses, Is.EqualTo(new[] { new Uri($"http://127.0.0.1:{port}") }));
        Assert.That(await GetAsync(handle.Address).Within(), Is.EqualTo("served"));
    }

    [TestCase("http://[::]:0", "localhost")]
    [TestCase("http://*:0", "localhost")]
    [TestCase("http://+:0", "localhost")]
    [TestCase("http://0.0.0.0:0", "127.0.0.1")]
    public async Task An_address_of_all_interfaces_is_reported_in_a_form_that_can_be_dialled(string url, string host)
    {
        Assume.That(Socket.OSSupportsIPv6 || host is "127.0.0.1", "This machine has no IPv6.");
        await using var handle = await StartAsync(options => options.ReportAddresses(), url).Within();

        Assert.That(handle.Address, Is.EqualTo(new Uri($"http://{host}:{handle.Address.Port}")));
        Assert.That(await GetAsync(handle.Address).Within(), Is.EqualTo("served"));
    }

    [Test]
    public async Task The_addresses_of_every_web_host_of_a_launch_are_reported()
    {
        var haveAllStarted = Gate.NewSource();
        await using var handle = await Launcher.For(
            async () =>
            {
                await WebHosts.With().StartAsync();
                await WebHosts.With().StartAsync();
                await TestHosts.With().StartAsync();
                haveAllStarted.SetResult();
            },
            options =>
            {
                options.ReadyWhen((_, cancellationToken) => haveAllStarted.Task.WaitAsync(cancellationToken));
                options.UseLoopback();
            }).StartAsync().Within();

        Assert.That(handle.Hosts, Has.Count.EqualTo(3));
        Assert.That(handle.Addresses, Has.Count.EqualTo(2).And.Unique);
    }

    [Test]
    public async Task A_host_on_a_Unix_socket_has_an_address_that_a_client_reaches_and_leaves_no_file()
    {
        var socket = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.sock");
        await using var handle = await StartAsync(options => options.UseUrls($"http://unix:{socket}")).Within();
        using var client = handle.CreateClient();

        Assert.That(handle.Addresses, Is.EqualTo(new[] { new Uri($"http://unix:{socket}") }));
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
        Assert.That(await client.GetStringAsync("").Within(), Is.EqualTo("served"));

        await handle.StopAsync().Within();
        Assert.That(File.Exists(socket), Is.False);
        Assert.That(() => client.GetStringAsync("/").Within(), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task A_client_of_a_launch_whose_host_is_called_unix_dials_that_host()
    {
        await using var handle = await Launcher.For(context => context.AddAddresses(new Uri("http://unix/"))).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(client.BaseAddress, Is.EqualTo(new Uri("http://unix/")));
    }

    [TestCase("HTTP://127.0.0.1:0")]
    [TestCase("http://127.0.0.1:0/")]
    [TestCase("http://[::1]:0")]
    public async Task An_address_may_be_written_in_every_form_that_ASP_NET_Core_takes(string url)
    {
        Assume.That(Socket.OSSupportsIPv6 || !url.Contains('[', StringComparison.Ordinal), "This machine has no IPv6.");
        await using var handle = await StartAsync(options => options.UseUrls(url)).Within();

        Assert.That(handle.Address.Scheme, Is.EqualTo("http"));
        Assert.That(await GetAsync(handle.Address).Within(), Is.EqualTo("served"));
    }

    [TestCase("http://localhost:5000")]
    [TestCase("http://LOCALHOST:5000")]
    [TestCase("https://shop.localhost:5000")]
    [TestCase("http://*:0")]
    [TestCase("http://+:0")]
    [TestCase("http://0.0.0.0:0")]
    [TestCase("http://[::]:0")]
    [TestCase("http://192.168.1.1:80")]
    [TestCase("http://unix:/run/app.sock")]
    public void A_local_host_an_IP_address_and_an_explicit_word_for_all_interfaces_are_taken(string url) =>
        Assert.That(() => new LaunchOptions().UseUrls(url), Throws.Nothing);

    [TestCase("http://example.com:80", "would bind all interfaces")]
    [TestCase("http://localhost.:80", "would bind all interfaces")]
    [TestCase("http://notlocalhost:80", "would bind all interfaces")]
    [TestCase("http://my-machine", "would bind all interfaces")]
    [TestCase("http://[nonsense]:80", "no such host or port")]
    [TestCase("http://localhost:0", "Use 127.0.0.1")]
    [TestCase("http://127.0.0.1:80/shop", "UsePathBase")]
    [TestCase("http://127.0.0.1:80;http://127.0.0.1:81", "")]
    public void An_address_that_a_server_would_refuse_or_bind_otherwise_is_refused_at_the_call(string url, string reason) =>
        Assert.That(() => new LaunchOptions().UseUrls(url), Throws.ArgumentException.With.Message.Contains(reason).And.Message.Contains($"'{url}'").And.Property("ParamName").EqualTo("urls"));

    [Test]
    public async Task An_app_can_be_launched_again_on_the_same_port_at_once()
    {
        var port = FreePort();
        var launcher = Launcher.For(() => WebHosts.With().Run(), options => options.UseUrls($"http://127.0.0.1:{port}"));
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        for (var i = 0; i < 10; i++)
        {
            await using var handle = await launcher.StartAsync().Within();
            Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
        }
    }

    [Test]
    public void A_port_that_is_taken_fails_the_start_at_once()
    {
        using var taken = new TakenPort();
        Action<LaunchOptions> configure = options =>
        {
            options.StopTimeout = TimeSpan.FromMinutes(10);
            options.UseUrls($"http://127.0.0.1:{taken.Port}");
        };

        var exception = Assert.ThrowsAsync<IOException>(() => StartAsync(configure).Within());

        Assert.That(exception.InnerException, Is.InstanceOf<Microsoft.AspNetCore.Connections.AddressInUseException>());
    }

    [Test]
    public void A_taken_port_fails_the_start_of_a_RunAsync_that_is_not_awaited_with_the_exception_of_Kestrel()
    {
        using var taken = new TakenPort();
        Action<LaunchOptions> configure = options =>
        {
            options.StopTimeout = TimeSpan.FromMinutes(10);
            options.UseUrls($"http://127.0.0.1:{taken.Port}");
        };

        Assert.ThrowsAsync<IOException>(() => Launcher.For(() => { _ = WebHosts.With().RunAsync(); }, configure).StartAsync().Within());
    }

    [Test]
    public void A_text_that_is_no_address_is_refused()
    {
        var options = new LaunchOptions();

        Assert.That(() => options.UseUrls(), Throws.ArgumentException.With.Property("ParamName").EqualTo("urls"));
        Assert.That(() => options.UseUrls(null!), Throws.ArgumentNullException);
        Assert.That(() => ((LaunchOptions)null!).UseLoopback(), Throws.ArgumentNullException);
        Assert.That(() => ((LaunchOptions)null!).UseUrls("http://localhost"), Throws.ArgumentNullException);
        Assert.That(() => ((LaunchOptions)null!).ReportAddresses(), Throws.ArgumentNullException);
        Assert.That(() => ((LaunchHandle)null!).CreateClient(), Throws.ArgumentNullException);
        foreach (var bad in new[] { null, "", " ", "nonsense", "127.0.0.1:80", "http://", "http://127.0.0.1:port", "http://127.0.0.1:70000", "http://127.0.0.1:-1", "ftp://127.0.0.1", "net.tcp://127.0.0.1:1" })
        {
            Assert.That(() => options.UseUrls("http://127.0.0.1:0", bad!), Throws.ArgumentException, bad);
        }

        Assert.That(options.AppHostConfiguration, Is.Null, "nothing of what was refused is kept");
    }

    internal static Task<LaunchHandle> StartAsync(Action<LaunchOptions> options, string? url = null) => Launcher.For(
        () =>
        {
            var app = WebHosts.With();
            app.Run(url);
        },
        options).StartAsync();

    private static async Task<string> GetAsync(Uri address)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(address);
    }

    private static int FreePort() => TakenPort.ThatIsFreeAgain();
}
