using Microsoft.Extensions.Logging;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>The exceptions that the options of the guard make, and the guard taken away.</summary>
public sealed class ExceptionTests
{
    private static readonly string[] FromEvil = ["Sec-Fetch-Site: cross-site", "Origin: http://evil.test"];

    [Test]
    public async Task An_allowed_host_is_served_with_any_port()
    {
        await using var app = await GuardedApp.StartAsync(options => options.UseLoopback().GuardAccess(guard =>
        {
            guard.AllowedHosts.Add("shop.example");
            guard.AllowedHosts.Add("*.corp.example");
        }));

        Assert.That(await StatusAsync(app, "Host: shop.example:1"), Is.EqualTo(200));
        Assert.That(await StatusAsync(app, "Host: SHOP.example"), Is.EqualTo(200));
        Assert.That(await StatusAsync(app, "Host: a.corp.example"), Is.EqualTo(200));
        Assert.That(await StatusAsync(app, "Host: corp.example"), Is.EqualTo(421));
        Assert.That(await StatusAsync(app, "Host: a.shop.example"), Is.EqualTo(421));
        Assert.That(await StatusAsync(app, "Host: evil.test"), Is.EqualTo(421));

        static async Task<int> StatusAsync(GuardedApp app, string host) => (await app.SendAsync("GET / HTTP/1.1", host)).Status;
    }

    [Test]
    public async Task A_page_of_an_allowed_origin_is_served()
    {
        await using var app = await GuardedApp.StartAsync(options => options.UseLoopback().GuardAccess(guard => guard.AllowedOrigins.Add("http://localhost:5173")));

        Assert.That((await app.GetAsync("Sec-Fetch-Site: cross-site", "Origin: http://localhost:5173")).Status, Is.EqualTo(200));
        Assert.That((await app.GetAsync("Origin: http://LOCALHOST:5173")).Status, Is.EqualTo(200));
        Assert.That((await app.GetAsync("Origin: http://localhost:51730")).Status, Is.EqualTo(403));
        Assert.That((await app.GetAsync("Origin: https://localhost:5173")).Status, Is.EqualTo(403));
        Assert.That((await app.GetAsync(FromEvil)).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task A_frame_is_served_for_pages_of_allowed_origins_alone()
    {
        await using var app = await GuardedApp.StartAsync(options => options.UseLoopback().GuardAccess(guard => guard.AllowedOrigins.Add("http://localhost:5173")));
        var framed = await app.GetAsync("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe");
        var opened = await app.GetAsync("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document");

        Assert.That(framed.Status, Is.EqualTo(200));
        Assert.That(framed.Text, Does.Contain("Content-Security-Policy: frame-ancestors 'self' http://localhost:5173\r\n"));
        Assert.That(opened.Text, Does.Not.Contain("Content-Security-Policy"));
    }

    [Test]
    public async Task An_exempt_path_is_served_to_every_page_but_by_no_foreign_name()
    {
        await using var app = await GuardedApp.StartAsync(options => options.UseLoopback().GuardAccess(guard => guard.Exempt.Add("/signin-oidc/")));

        Assert.That(await StatusAsync("/signin-oidc", FromEvil), Is.EqualTo(200));
        Assert.That(await StatusAsync("/Signin-OIDC/back?a=1", FromEvil), Is.EqualTo(200));
        Assert.That(await StatusAsync("/signin-oidc2", FromEvil), Is.EqualTo(403));
        Assert.That(await StatusAsync("/signin-oidc/../admin", FromEvil), Is.EqualTo(403));
        Assert.That(await StatusAsync("/signin-oidc/%2e%2e/admin", FromEvil), Is.EqualTo(403));
        Assert.That(await StatusAsync("/", FromEvil), Is.EqualTo(403));
        Assert.That((await app.SendAsync("POST /signin-oidc HTTP/1.1", "Host: evil.test", "Content-Length: 0")).Status, Is.EqualTo(421));

        async Task<int> StatusAsync(string path, string[] headers) =>
            (await app.SendAsync($"POST {path} HTTP/1.1", [$"Host: {app.Host}", .. headers, "Content-Length: 0"])).Status;
    }

    [Test]
    public async Task UseUrls_has_the_guard_on_request_only()
    {
        await using var open = await GuardedApp.StartAsync(options => options.UseUrls("http://127.0.0.1:0"));
        await using var guarded = await GuardedApp.StartAsync(options => options.GuardAccess().UseUrls("http://127.0.0.1:0"));
        await using var moved = await GuardedApp.StartAsync(options => options.UseLoopback().UseUrls("http://127.0.0.1:0"));

        Assert.That((await open.GetAsync(FromEvil)).Status, Is.EqualTo(200));
        Assert.That((await guarded.GetAsync(FromEvil)).Status, Is.EqualTo(403));
        Assert.That((await moved.GetAsync(FromEvil)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_app_is_guarded_where_it_listens_by_itself()
    {
        await using var app = await GuardedApp.StartAsync(options => options.ReportAddresses().GuardAccess());

        Assert.That((await app.GetAsync()).Status, Is.EqualTo(200));
        Assert.That((await app.GetAsync(FromEvil)).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task The_guard_that_is_taken_away_lets_everything_in_and_each_launch_warns_once()
    {
        using var log = new LogRecorder();
        using var haveStarted = new SemaphoreSlim(initialCount: 0);
        var launcher = Launcher.For(
            async () =>
            {
                await WebHosts.With().StartAsync();
                await WebHosts.With().StartAsync();
                haveStarted.Release();
            },
            options =>
            {
                options.Name = "open";
                options.LoggerFactory = log.Factory;
                options.ReadyWhen((_, cancellationToken) => haveStarted.WaitAsync(cancellationToken)).UseLoopback().AllowAnyAccess();
            });
        for (var launches = 1; launches <= 2; launches++)
        {
            await using var handle = await launcher.StartAsync().Within();
            var answer = await RawRequest.SendAsync(handle.Address, ["GET / HTTP/1.1", "Host: evil.test", "Origin: http://evil.test", "Connection: close"]);

            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(log.Of(41).Select(record => (record.Level, record.Message.Contains("'open'", StringComparison.Ordinal))), Is.EqualTo(Enumerable.Repeat((LogLevel.Warning, true), launches)));
        }
    }

    [Test]
    public async Task Of_GuardAccess_and_AllowAnyAccess_the_last_one_counts()
    {
        using var log = new LogRecorder();
        await using var open = await GuardedApp.StartAsync(options => options.UseLoopback().GuardAccess().AllowAnyAccess());
        await using var guarded = await GuardedApp.StartAsync(options =>
        {
            options.LoggerFactory = log.Factory;
            options.UseLoopback().AllowAnyAccess().GuardAccess();
        });

        Assert.That((await open.GetAsync(FromEvil)).Status, Is.EqualTo(200));
        Assert.That((await guarded.GetAsync(FromEvil)).Status, Is.EqualTo(403));
        Assert.That(log.Of(41), Is.Empty);
    }

    [Test]
    public async Task A_refusal_is_logged_once_for_each_rule_with_its_remedy()
    {
        using var log = new LogRecorder();
        await using var app = await GuardedApp.StartAsync(options =>
        {
            options.LoggerFactory = log.Factory;
            options.UseLoopback();
        });
        for (var i = 0; i < 3; i++)
        {
            await app.GetAsync([.. FromEvil, "Secret: in a header"]);
            await app.GetAsync("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe");
            await app.SendAsync("GET /path?secret=in-a-query HTTP/1.1", $"Host: {new string('a', 5_000)}");
        }

        var messages = log.Of(40).Select(record => record.Message).ToArray();
        Assert.That(messages, Has.Length.EqualTo(3));
        Assert.That(log.Of(40).Select(record => record.Level), Has.All.EqualTo(LogLevel.Warning));
        Assert.That(messages, Has.All.Contain("'guarded'").And.All.Contain("GuardAccess").And.All.Not.Contain("ecret"));
        Assert.That(messages[0], Does.Contain("rule Origin").And.Contain("'http://evil.test'").And.Contain("AllowedOrigins").And.Contain("Exempt"));
        Assert.That(messages[1], Does.Contain("rule Frame").And.Contain("AllowedOrigins"));
        Assert.That(messages[2], Does.Contain("rule Host").And.Contain("AllowedHosts").And.Contain("GET /path"));
        Assert.That(messages[2], Has.Length.LessThan(1_000));
    }

    [Test]
    public async Task The_texts_of_a_sender_are_logged_in_one_line_of_printable_letters()
    {
        using var log = new LogRecorder();
        await using var app = await GuardedApp.StartAsync(options =>
        {
            options.LoggerFactory = log.Factory;
            options.UseLoopback();
        });
        const string lineOfUnicode = "\u00e2\u0080\u00a8";
        await app.SendAsync("GET /a%0D%0Awarn:%20forged%1B[2J%E2%80%A8 HTTP/1.1", $"Host: {app.Host}", "Sec-Fetch-Site: cross\u001b[31m", $"Origin: http://evil.test{lineOfUnicode}");

        var message = log.Of(40).Single().Message;
        Assert.That(message, Does.Contain("GET /a%0D%0Awarn:%20forged%1B").And.Contain("'http://evil.test?'").And.Contain("'cross?[31m'"));
        Assert.That(message.All(letter => letter is >= ' ' and <= '~'), message);
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("*")]
    [TestCase("http://shop.example")]
    [TestCase("shop.example:80")]
    [TestCase("shop.example/")]
    [TestCase("a.*.example")]
    [TestCase("::1")]
    [TestCase("b\u00fccher.example")]
    [TestCase("*.b\u00fccher.example")]
    [TestCase("[2001:DB8:0::1]")]
    [TestCase("[fe80::1%3]")]
    [TestCase("[shop]")]
    [TestCase("192.168.001.005")]
    [TestCase("10.1")]
    [TestCase("user@shop.example")]
    [TestCase("shop example")]
    [TestCase("\u200d.example")]
    [TestCase("\u00fc\ud83d\ude00..example")]
    public void A_host_that_would_never_match_or_always_is_refused_at_the_call(string host) => AssertRefused(guard => guard.AllowedHosts.Add(host), "AllowedHosts", host);

    [TestCase("")]
    [TestCase("null")]
    [TestCase("*")]
    [TestCase("localhost:5173")]
    [TestCase("http://localhost:5173/")]
    [TestCase("http://shop.example:80")]
    [TestCase("http://shop.example/path")]
    [TestCase("http://b\u00fccher.example")]
    [TestCase("http://[2001:DB8:0::1]")]
    [TestCase("http://10.1:8080")]
    [TestCase("http://user@shop.example")]
    public void An_origin_that_would_never_match_or_always_is_refused_at_the_call(string origin) => AssertRefused(guard => guard.AllowedOrigins.Add(origin), "AllowedOrigins", origin);

    [TestCase("shop.example")]
    [TestCase("SHOP.example")]
    [TestCase("shop.example.")]
    [TestCase("*.shop.example")]
    [TestCase("my_shop")]
    [TestCase("xn--bcher-kva.example")]
    [TestCase("192.168.1.5")]
    [TestCase("[2001:DB8::1]")]
    public void A_host_as_browsers_send_it_is_taken(string host) => Assert.That(() => new LaunchOptions().GuardAccess(guard => guard.AllowedHosts.Add(host)), Throws.Nothing);

    [TestCase("http://localhost:5173")]
    [TestCase("HTTPS://Shop.example")]
    [TestCase("http://[2001:db8::1]:8080")]
    [TestCase("http://xn--bcher-kva.example:8080")]
    [TestCase("chrome-extension://abcdefghijklmnop")]
    public void An_origin_as_browsers_send_it_is_taken(string origin) => Assert.That(() => new LaunchOptions().GuardAccess(guard => guard.AllowedOrigins.Add(origin)), Throws.Nothing);

    [TestCase("b\u00fccher.example", "xn--bcher-kva.example")]
    [TestCase("*.b\u00fccher.example", "*.xn--bcher-kva.example")]
    [TestCase("[2001:DB8:0::1]", "[2001:db8::1]")]
    public void The_refusal_of_a_host_says_how_browsers_send_it(string host, string sent) => Assert.That(
        () => new LaunchOptions().GuardAccess(guard => guard.AllowedHosts.Add(host)),
        Throws.ArgumentException.With.Message.Contains($"Write {sent}"));

    [TestCase("")]
    [TestCase("/")]
    [TestCase("//")]
    [TestCase("health")]
    [TestCase("/health?all")]
    public void A_path_that_would_never_match_or_always_is_refused_at_the_call(string path) => AssertRefused(guard => guard.Exempt.Add(path), "Exempt", path);

    [Test]
    public void The_options_of_the_guard_are_refused_for_no_options() =>
        Assert.Multiple(() =>
        {
            Assert.That(() => ((LaunchOptions)null!).GuardAccess(), Throws.ArgumentNullException);
            Assert.That(() => ((LaunchOptions)null!).AllowAnyAccess(), Throws.ArgumentNullException);
        });

    [Test]
    public async Task A_call_that_was_refused_changes_nothing_and_later_calls_add_up()
    {
        await using var app = await GuardedApp.StartAsync(options =>
        {
            options.UseLoopback().GuardAccess(guard => guard.AllowedHosts.Add("first.example"));
            Assert.That(
                () => options.GuardAccess(guard =>
                {
                    guard.AllowedHosts.Add("refused.example");
                    guard.AllowedHosts.Add("*");
                }),
                Throws.ArgumentException);
            options.GuardAccess(guard => guard.AllowedHosts.Add("second.example"));
        });

        Assert.That((await app.SendAsync("GET / HTTP/1.1", "Host: first.example")).Status, Is.EqualTo(200));
        Assert.That((await app.SendAsync("GET / HTTP/1.1", "Host: second.example")).Status, Is.EqualTo(200));
        Assert.That((await app.SendAsync("GET / HTTP/1.1", "Host: refused.example")).Status, Is.EqualTo(421));
    }

    private static void AssertRefused(Action<AccessGuardOptions> configure, string property, string value) => Assert.That(
        () => new LaunchOptions().GuardAccess(configure),
        Throws.ArgumentException.With.Message.Contains($"'{value}' cannot be in AccessGuardOptions.{property}"));
}
