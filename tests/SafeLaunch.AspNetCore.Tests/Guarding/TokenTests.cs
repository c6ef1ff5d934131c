using System.Buffers.Binary;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using SafeLaunch.Guarding;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>The token of a launch: how it comes in, and where it must not get to.</summary>
public sealed class TokenTests
{
    private const string Html = "Accept: text/html,*/*";

    [Test]
    public async Task A_program_without_the_token_is_refused_with_any_other_header()
    {
        await using var app = await StartAsync();
        string[][] attempts =
        [
            [],
            ["Authorization: Bearer"],
            ["Authorization: Bearer " + new string('A', 43)],
            [$"Authorization: Basic {app.Handle.GetAccessToken()}"],
            [$"Authorization: Bearer {app.Handle.GetAccessToken()}x"],
            [$"Cookie: {(await app.SignInAsync()).Split('=')[0]}={app.Handle.GetAccessToken()}"],
            ["Sec-Fetch-Site: same-origin"],
            [$"Origin: {app.Origin}"],
        ];

        foreach (var headers in attempts)
        {
            var answer = await app.GetAsync(headers);
            Assert.That(answer.Status, Is.EqualTo(401), string.Join(", ", headers));
            Assert.That(answer.Text, Does.Contain("by its rule Token").And.Contain("WWW-Authenticate: Bearer").And.Contain("no-store"));
        }

        Assert.That(app.Served, Is.Zero);
    }

    [Test]
    public async Task A_program_brings_the_token_as_a_bearer_and_the_app_does_not_see_it()
    {
        await using var app = await StartAsync(_ => Serve(web => web.MapGet("/", (HttpRequest request) => $"authorization: '{request.Headers.Authorization}'")));
        var bearer = $"authorization: bearer {app.Handle.GetAccessToken()}";

        Assert.That((await app.GetAsync(bearer)).Text, Does.Contain("authorization: ''"));
    }

    [Test]
    public async Task The_token_does_not_help_a_foreign_page_or_a_foreign_name()
    {
        await using var app = await StartAsync();
        var bearer = $"Authorization: Bearer {app.Handle.GetAccessToken()}";

        Assert.That((await app.GetAsync(bearer, "Origin: http://evil.test")).Status, Is.EqualTo(403));
        Assert.That((await app.SendAsync("GET / HTTP/1.1", "Host: evil.test", bearer)).Status, Is.EqualTo(421));
        Assert.That(app.Served, Is.Zero);
    }

    [Test]
    public async Task The_access_address_sets_a_cookie_and_leads_to_the_same_address_without_the_token()
    {
        await using var app = await StartAsync();
        var access = app.Handle.GetAccessUri("/orders?open=1&sort=up");
        Assert.That(app.Handle.AccessUri, Is.EqualTo(app.Handle.GetAccessUri()).And.Property("Query").Contains(app.Handle.GetAccessToken()));
        var answer = await app.SendAsync($"GET {access.PathAndQuery} HTTP/1.1", $"Host: {app.Host}");

        Assert.That(answer.Status, Is.EqualTo(303));
        Assert.That(answer.Text, Does.Contain("Location: /orders?open=1&sort=up\r\n"));
        Assert.That(answer.Text, Does.Contain("Cache-Control: no-store").And.Contain("Referrer-Policy: no-referrer"));
        Assert.That(answer.Text, Does.Not.Contain(app.Handle.GetAccessToken()), "the cookie is not the token");
        Assert.That(GuardedApp.CookieOf(answer), Does.Match($"^safelaunch-guarded-{app.Handle.Address.Port}-[A-Za-z0-9_-]{{6}}=[A-Za-z0-9_-]{{43}}$"));
        Assert.That(answer.Text, Does.Match("Set-Cookie: [^;]+; path=/; samesite=strict; httponly\r\n"));
        Assert.That(app.Served, Is.Zero);
        Assert.That((await app.GetAsync($"Cookie: other=1; {GuardedApp.CookieOf(answer)}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_access_address_that_another_site_opens_leads_on_by_a_page_since_a_redirect_would_not_bring_the_cookie()
    {
        await using var app = await StartAsync();
        var answer = await app.SendAsync(
            $"GET {app.Handle.GetAccessUri("/a?b='c'").PathAndQuery} HTTP/1.1", $"Host: {app.Host}", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Text, Does.Contain("http-equiv=\"refresh\" content=\"0;url=/a?b=&#x27;c&#x27;\"").And.Contain("Referrer-Policy: no-referrer"));
        Assert.That((await app.GetAsync($"Cookie: {GuardedApp.CookieOf(answer)}")).Status, Is.EqualTo(200));
    }

    [TestCase("same-site")]
    [TestCase("cross-site")]
    [TestCase("unheard-of")]
    public async Task The_cookie_does_not_count_where_a_page_of_another_origin_opens_the_server(string site)
    {
        await using var app = await StartAsync();
        var answer = await app.GetAsync($"Cookie: {await app.SignInAsync()}", $"Sec-Fetch-Site: {site}", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", Html);

        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(answer.Text, Does.Contain("continue to the start page"));
        Assert.That(app.Served, Is.Zero);
    }

    [TestCase("none")]
    [TestCase("same-origin")]
    public async Task The_cookie_counts_where_the_user_or_its_own_page_opens_the_server(string site)
    {
        await using var app = await StartAsync();
        var answer = await app.GetAsync($"Cookie: {await app.SignInAsync()}", $"Sec-Fetch-Site: {site}", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", Html);

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [TestCase("document", "http://localhost:5173/", 200)]
    [TestCase("iframe", "http://localhost:5173/", 200)]
    [TestCase("document", "http://LOCALHOST:5173/page", 200)]
    [TestCase("document", "http://localhost:51730/", 401)]
    [TestCase("document", "http://localhost:5173.evil.test/", 401)]
    [TestCase("document", "http://localhost:5174/?http://localhost:5173/", 401)]
    [TestCase("iframe", null, 401)]
    public async Task The_cookie_counts_where_a_page_of_an_allowed_origin_is_the_referrer(string destination, string? referrer, int status)
    {
        await using var app = await StartAsync(configure: options => options.GuardAccess(guard => guard.AllowedOrigins.Add("http://localhost:5173")));
        string[] headers = [$"Cookie: {await app.SignInAsync()}", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate", $"Sec-Fetch-Dest: {destination}"];

        Assert.That((await app.GetAsync(referrer is null ? headers : [.. headers, $"Referer: {referrer}"])).Status, Is.EqualTo(status));
    }

    [TestCase("//evil.test/", "/evil.test/")]
    [TestCase("/\\evil.test/", "/%5Cevil.test/")]
    [TestCase("/", "/")]
    public async Task An_access_address_leads_to_no_other_server(string path, string location)
    {
        await using var app = await StartAsync();
        var answer = await app.SendAsync($"GET {path}?safelaunch-token={app.Handle.GetAccessToken()} HTTP/1.1", $"Host: {app.Host}");

        Assert.That(answer.Text, Does.Contain($"Location: {location}\r\n"));
    }

    [Test]
    public async Task A_wrong_token_in_an_address_opens_nothing_and_other_methods_take_none_from_it()
    {
        await using var app = await StartAsync();
        var access = app.Handle.GetAccessUri();

        Assert.That((await app.SendAsync($"GET {access.PathAndQuery}x HTTP/1.1", $"Host: {app.Host}")).Status, Is.EqualTo(401));
        Assert.That((await app.SendAsync("GET /?safelaunch-token= HTTP/1.1", $"Host: {app.Host}")).Status, Is.EqualTo(401));
        Assert.That((await app.SendAsync($"POST {access.PathAndQuery} HTTP/1.1", $"Host: {app.Host}", "Content-Length: 0")).Status, Is.EqualTo(401));
        Assert.That(app.Served, Is.Zero);
    }

    [Test]
    public async Task A_page_without_the_token_says_where_the_right_address_is_found()
    {
        await using var app = await StartAsync();
        var answer = await app.GetAsync(Html);

        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(answer.Text, Does.Contain("text/html").And.Contain("Open the address that the program shows").And.Contain("frame-ancestors 'none'"));
        Assert.That(answer.Text, Does.Not.Contain(app.Handle.GetAccessToken()));
    }

    [Test]
    public async Task The_token_is_in_no_log_line_of_any_level()
    {
        using var log = new LogRecorder();
        using var appLog = new LogRecorder();
        await using var app = await StartAsync(
            count => Serve(
                web =>
                {
                    web.UseHttpLogging();
                    count(web);
                },
                builder =>
                {
                    builder.Logging.SetMinimumLevel(LogLevel.Trace);
                    builder.Services.AddSingleton(appLog.Factory);
                    builder.Services.AddHttpLogging(http => http.LoggingFields = Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.All);
                    builder.Services.AddW3CLogging(_ => { });
                }),
            options => options.LoggerFactory = log.Factory);
        var token = app.Handle.GetAccessToken()!;
        var answer = await app.SendAsync($"GET {app.Handle.GetAccessUri("/orders?open=1").PathAndQuery} HTTP/1.1", $"Host: {app.Host}");
        await app.SendAsync($"GET http://{app.Host}{app.Handle.GetAccessUri("/absolute").PathAndQuery} HTTP/1.1", $"Host: {app.Host}");
        await app.SendAsync($"GET /wrong?safelaunch-token={token}x HTTP/1.1", $"Host: {app.Host}");
        await app.GetAsync($"Cookie: {GuardedApp.CookieOf(answer)}");
        await app.GetAsync($"Authorization: Bearer {token}");
        using var client = app.Handle.CreateClient();
        await client.GetStringAsync("/").Within();
        await app.Handle.StopAsync().Within();

        var lines = log.All.Concat(appLog.All).SelectMany(TextsOf).OfType<string>().ToArray();
        Assert.That(lines, Has.Some.Contains("/orders").And.Some.Contains("/absolute").And.Some.Contains("/wrong"), "the requests themselves are logged");
        Assert.That(lines, Has.None.Contains(token));
    }

    [Test]
    public async Task A_client_of_the_launch_brings_the_token_also_after_a_redirect_and_beside_the_authorization_of_the_app()
    {
        await using var app = await StartAsync(_ => Serve(web =>
        {
            web.MapGet("/from", () => Results.Redirect("/to"));
            web.MapGet("/to", () => "reached");
            web.MapGet("/authorization", (HttpRequest request) => request.Headers.Authorization.ToString());
        }));
        using var client = app.Handle.CreateClient();
        using var own = new HttpRequestMessage(HttpMethod.Get, new Uri("/authorization", UriKind.Relative)) { Headers = { Authorization = new("Basic", "YTpi") } };

        Assert.That(await client.GetStringAsync("/to").Within(), Is.EqualTo("reached"));
        Assert.That(await client.GetStringAsync("/from").Within(), Is.EqualTo("reached"));
        using var answer = await client.SendAsync(own).Within();
        Assert.That(await answer.Content.ReadAsStringAsync().Within(), Is.EqualTo("Basic YTpi"));
    }

    [Test]
    public async Task The_launches_of_one_launcher_have_the_same_token_and_cookie_and_other_launchers_have_others()
    {
        var port = TakenPort.ThatIsFreeAgain();
        var first = LauncherOn(port);
        string[] tokens = new string[2];
        string[] cookies = new string[3];
        for (var i = 0; i < 2; i++)
        {
            await using var handle = await first.StartAsync().Within();
            tokens[i] = handle.GetAccessToken()!;
            cookies[i] = await SignInAsync(handle);
        }

        await using var stranger = await LauncherOn(port).StartAsync().Within();
        cookies[2] = await SignInAsync(stranger);

        Assert.That(tokens[0], Is.EqualTo(tokens[1]).And.Length.EqualTo(43));
        Assert.That(cookies[0], Is.EqualTo(cookies[1]));
        Assert.That(NameOf(cookies[2]), Is.Not.EqualTo(NameOf(cookies[0])), "one browser keeps both, as where each server is in a container and its port forwarded");
        Assert.That(stranger.GetAccessToken(), Is.Not.EqualTo(tokens[0]));
        Assert.That((await RawRequest.SendAsync(stranger.Address, ["GET / HTTP/1.1", "Host: localhost", $"Cookie: {cookies[0]}", "Connection: close"])).Status, Is.EqualTo(401));

        static string NameOf(string cookie) => cookie.Split('=')[0];

        static async Task<string> SignInAsync(LaunchHandle handle) =>
            GuardedApp.CookieOf(await RawRequest.SendAsync(handle.Address, [$"GET {handle.GetAccessUri().PathAndQuery} HTTP/1.1", "Host: localhost", "Connection: close"]));

        static Launcher LauncherOn(int port) => Launcher.For(
            () => WebHosts.With().Run(),
            options => options.UseUrls($"http://127.0.0.1:{port}").GuardAccess(guard => guard.RequireToken = true));
    }

    [Test]
    public async Task A_page_of_an_allowed_origin_may_ask_before_it_sends_and_the_app_is_not_asked()
    {
        await using var app = await StartAsync(configure: options => options.GuardAccess(guard => guard.AllowedOrigins.Add("http://localhost:5173")));
        var asked = await AskAsync("http://localhost:5173");

        Assert.That(asked.Status, Is.EqualTo(204));
        Assert.That(asked.Text, Does.Contain("Access-Control-Allow-Origin: http://localhost:5173\r\n").And.Contain("Access-Control-Allow-Credentials: true\r\n"));
        Assert.That((await AskAsync("http://evil.test")).Status, Is.EqualTo(403));
        Assert.That((await app.SendAsync("OPTIONS / HTTP/1.1", $"Host: {app.Host}", "Access-Control-Request-Method: PUT")).Status, Is.EqualTo(401));
        Assert.That(app.Served, Is.Zero);

        Task<RawRequest.Answer> AskAsync(string origin) => app.SendAsync(
            "OPTIONS / HTTP/1.1", $"Host: {app.Host}", $"Origin: {origin}", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: authorization");
    }

    [Test]
    public async Task An_exempt_path_needs_no_token()
    {
        await using var app = await StartAsync(configure: options => options.GuardAccess(guard => guard.Exempt.Add("/health")));

        Assert.That((await app.SendAsync("GET /health HTTP/1.1", $"Host: {app.Host}")).Status, Is.EqualTo(200));
        Assert.That((await app.SendAsync("GET / HTTP/1.1", $"Host: {app.Host}")).Status, Is.EqualTo(401));
    }

    [TestCase("/health")]
    [TestCase("/health/more?open=1")]
    public async Task An_address_with_the_token_is_led_to_the_one_without_it_on_an_exempt_path_too(string path)
    {
        await using var app = await StartAsync(configure: options => options.GuardAccess(guard => guard.Exempt.Add("/health")));
        var answer = await app.SendAsync($"GET {app.Handle.GetAccessUri(path).PathAndQuery} HTTP/1.1", $"Host: {app.Host}");

        Assert.That(answer.Status, Is.EqualTo(303));
        Assert.That(answer.Text, Does.Contain($"Location: {path}\r\n").And.Contain("Referrer-Policy: no-referrer"));
        Assert.That(app.Served, Is.Zero);
        Assert.That((await app.GetAsync($"Cookie: {GuardedApp.CookieOf(answer)}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_exempt_path_is_served_where_an_address_with_a_token_signs_nobody_in()
    {
        await using var app = await StartAsync(configure: options => options.GuardAccess(guard => guard.Exempt.Add("/health")));
        var right = app.Handle.GetAccessUri("/health").PathAndQuery;

        Assert.That(await StatusAsync($"GET {right}x"), Is.EqualTo(200), "a wrong token");
        Assert.That(await StatusAsync($"POST {right}"), Is.EqualTo(200), "another method");
        Assert.That(await StatusAsync($"GET {right}", "Sec-Fetch-Site: cross-site", "Origin: http://evil.test"), Is.EqualTo(200), "a script of a foreign page");
        Assert.That(app.Served, Is.EqualTo(3));

        async Task<int> StatusAsync(string request, params string[] headers) =>
            (await app.SendAsync($"{request} HTTP/1.1", [$"Host: {app.Host}", .. headers, "Content-Length: 0"])).Status;
    }

    [Test]
    public async Task A_SignalR_client_brings_the_token_and_is_refused_without()
    {
        await using var app = await StartAsync(_ => Serve(web => web.MapHub<NameHub>("/hub"), builder => builder.Services.AddSignalR()));
        await using var friend = Connection(app, app.Handle.GetAccessToken());
        await using var stranger = Connection(app, token: null);
        await friend.StartAsync().Within();

        Assert.That(await friend.InvokeAsync<string>(nameof(NameHub.Name)).Within(), Is.EqualTo(friend.ConnectionId));
        Assert.That(() => stranger.StartAsync().Within(), Throws.Exception.With.Message.Contains("401"));

        static HubConnection Connection(GuardedApp app, string? token) =>
            new HubConnectionBuilder().WithUrl(new Uri(app.Handle.Address, "/hub"), http => http.AccessTokenProvider = () => Task.FromResult(token)).Build();
    }

    [Test]
    public async Task A_legacy_web_host_and_an_empty_builder_hide_the_token_from_their_log_too()
    {
#pragma warning disable ASPDEPR004, ASPDEPR008 // Old programs still build their host by it.
        Action<LogRecorder>[] apps =
        [
            log =>
            {
                using var host = new WebHostBuilder().UseKestrel().SuppressStatusMessages(suppressStatusMessages: true).ConfigureServices(services => services.AddSingleton(log.Factory)).Configure(_ => { }).Build();
                host.Run();
            },
#pragma warning restore ASPDEPR004, ASPDEPR008
            log =>
            {
                var builder = WebApplication.CreateEmptyBuilder(new());
                builder.WebHost.UseKestrelCore();
                builder.Services.AddSingleton(log.Factory);
                builder.Build().Run();
            },
        ];

        foreach (var run in apps)
        {
            using var log = new LogRecorder();
            await using var app = await StartAsync(_ => run(log));
            var answer = await app.SendAsync($"GET {app.Handle.GetAccessUri("/orders").PathAndQuery} HTTP/1.1", $"Host: {app.Host}");

            Assert.That(answer.Status, Is.EqualTo(303));
            var messages = log.All.Select(record => record.Message).ToArray();
            Assert.That(messages, Has.Some.Contains("/orders"));
            Assert.That(messages, Has.None.Contains(app.Handle.GetAccessToken()));
        }
    }

    [Test]
    public async Task A_launch_without_a_token_has_its_plain_address()
    {
        await using var app = await GuardedApp.StartAsync();

        Assert.That(app.Handle.GetAccessToken(), Is.Null);
        Assert.That(app.Handle.GetAccessUri(), Is.EqualTo(app.Handle.Address));
        Assert.That(app.Handle.AccessUri, Is.EqualTo(app.Handle.Address));
        Assert.That(app.Handle.GetAccessUri("/orders"), Is.EqualTo(new Uri(app.Handle.Address, "/orders")));
    }

    [TestCase("http://evil.test/")]
    [TestCase("//evil.test/")]
    [TestCase("\\\\evil.test\\")]
    public async Task An_access_address_of_another_server_is_refused_at_the_call(string path)
    {
        await using var app = await StartAsync();

        Assert.That(() => app.Handle.GetAccessUri(path), Throws.ArgumentException.With.Property("ParamName").EqualTo("path").And.Message.Contains("'guarded'"));
    }

    [Test]
    public void There_is_no_access_address_for_a_launch_that_has_no_address()
    {
        using var handle = Launcher.For(() => { }, options => options.Name = "nowhere").Start();

        Assert.That(() => handle.GetAccessUri(), Throws.InstanceOf<LaunchException>().With.Message.Contains("'nowhere'"));
        Assert.That(() => handle.AccessUri, Throws.InstanceOf<LaunchException>().With.Message.Contains("'nowhere'"));
        Assert.That(() => ((LaunchHandle)null!).GetAccessUri(), Throws.ArgumentNullException);
        Assert.That(() => ((LaunchHandle)null!).AccessUri, Throws.ArgumentNullException);
        Assert.That(() => ((LaunchHandle)null!).GetAccessToken(), Throws.ArgumentNullException);
    }

    private static Task<GuardedApp> StartAsync(Action<Action<IApplicationBuilder>>? run = null, Action<LaunchOptions>? configure = null)
    {
        return run is null ? GuardedApp.StartAsync(Configure) : GuardedApp.StartAsync(Configure, run);

        void Configure(LaunchOptions options)
        {
            options.UseLoopback().GuardAccess(guard => guard.RequireToken = true);
            configure?.Invoke(options);
        }
    }

    private static void Serve(Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebHosts.Builder();
        configure?.Invoke(builder);
        var app = builder.Build();
        map(app);
        app.Run();
    }

    private static IEnumerable<string?> TextsOf(FakeLogRecord record) =>
        [record.Message, record.Exception?.ToString(), .. record.StructuredState?.Select(pair => pair.Value) ?? [], .. record.Scopes.Select(scope => scope?.ToString())];

    [Test]
    public void A_cookie_does_not_pass_for_a_key_that_opens_a_page_once()
    {
        var token = new AccessToken();

        // Its name is as long as what a key signs: all of the key, and the port.
        var cookie = token.CookieOf("shop", 12345);
        var name = Encoding.UTF8.GetBytes(cookie.Name);
        var key = WebEncoders.Base64UrlEncode([.. name[..^sizeof(int)], .. WebEncoders.Base64UrlDecode(cookie.Value)]);
        var port = BinaryPrimitives.ReadInt32LittleEndian(name.AsSpan(^sizeof(int)..));

        Assert.That(key, Has.Length.EqualTo(token.OneTimeKeys.Create(port).Length));
        Assert.That(token.TryOpen(key, new(port, Start: 0)), Is.False);
    }

    [Test]
    public void A_key_opens_the_server_of_its_port_once_in_another_process_too_and_no_server_that_was_started_later()
    {
        var token = new AccessToken();
        var other = AccessToken.From(token.Text);
        var key = token.OneTimeKeys.Create(5000);

        Assert.That(other.TryOpen(key, new(Port: 5001, Start: 0)), Is.False);
        Assert.That(other.TryOpen(key, new(Port: 5000, OneTimeKeys.Now + 1)), Is.False);
        Assert.That(other.TryOpen(key, new(Port: 5000, Start: 0)), Is.True);
        Assert.That(other.TryOpen(key, new(Port: 5000, Start: 0)), Is.False);
    }

    [Test]
    public async Task A_request_that_the_guard_refuses_does_not_use_up_a_key()
    {
        await using var app = await StartAsync();
        var key = app.Handle.Part<WebSettings>()!.Token!.OneTimeKeys.Create(app.Handle.Address.Port);

        Assert.That(await StatusAsync("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"), Is.EqualTo(403));
        Assert.That(await StatusAsync(), Is.EqualTo(303));
        Assert.That(await StatusAsync(), Is.EqualTo(401), "the key has opened the page once");

        async Task<int> StatusAsync(params string[] headers) =>
            (await app.SendAsync($"GET /?safelaunch-token={key} HTTP/1.1", [$"Host: {app.Host}", .. headers])).Status;
    }

    private sealed class NameHub : Hub
    {
        public string Name() => this.Context.ConnectionId;
    }
}
