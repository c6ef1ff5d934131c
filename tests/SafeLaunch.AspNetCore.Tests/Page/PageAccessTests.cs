using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SafeLaunch.AspNetCore.Tests.Page;

/// <summary>Who may use the page of the launches, in an app that has no guard of a launch.</summary>
public sealed class PageAccessTests
{
    private LaunchHandle shop = null!;

    [SetUp]
    public async Task LaunchShop() => this.shop = await Launcher.For(TestLaunch.UntilStopped, options => options.Name = "shop").StartAsync().Within();

    [TearDown]
    public async Task StopShop() => await this.shop.DisposeAsync();

    [TestCase("Sec-Fetch-Site: cross-site", "Origin: http://evil.test")]
    [TestCase("Sec-Fetch-Site: same-site")]
    [TestCase("Sec-Fetch-Site: none")]
    [TestCase("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate")]
    [TestCase("Origin: http://evil.test")]
    [TestCase("Origin: http://127.0.0.1:1")]
    [TestCase("Origin: null")]
    [TestCase("X-Requested-With: XMLHttpRequest")]
    public async Task A_stop_that_another_page_or_a_program_asks_for_is_refused(params string[] headers)
    {
        await using var server = await this.ServeAsync();

        Assert.That((await server.PostAsync("stop?launch=shop", headers)).Status, Is.EqualTo(403));
        Assert.That(this.shop.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task A_stop_by_a_GET_does_nothing()
    {
        await using var server = await this.ServeAsync();

        Assert.That((await server.GetAsync("/launches/stop?launch=shop", "Sec-Fetch-Site: same-origin")).Status, Is.EqualTo(405));
        Assert.That(this.shop.State, Is.EqualTo(LaunchState.Running));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_page_itself_stops_a_launch(bool sendsFetchMetadata)
    {
        await using var server = await this.ServeAsync();

        var answer = await server.PostAsync("stop?launch=shop", sendsFetchMetadata ? "Sec-Fetch-Site: same-origin" : $"Origin: http://{server.Address.Authority}");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Text, Does.Contain("shop has ended. Stopped: It was asked to stop."));
        Assert.That(this.shop.State, Is.EqualTo(LaunchState.Ended));
    }

    [TestCase("/launches/")]
    [TestCase("/launches/page.js")]
    [TestCase("/launches/events")]
    public async Task A_foreign_name_is_refused(string path)
    {
        await using var server = await this.ServeAsync();
        var answer = await server.GetAsync(path, $"Host: evil.test:{server.Address.Port}");

        Assert.That(answer.Status, Is.EqualTo(421));
        Assert.That(answer.Text, Does.Contain("by its rule Host"));
    }

    [TestCase("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")]
    [TestCase("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors")]
    [TestCase("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe")]
    [TestCase("Origin: http://evil.test")]
    public async Task A_foreign_page_sees_neither_the_page_nor_the_events(params string[] headers)
    {
        await using var server = await this.ServeAsync();

        Assert.That((await server.GetAsync("/launches/", headers)).Status, Is.EqualTo(403));
        Assert.That((await server.GetAsync("/launches/events", headers)).Status, Is.EqualTo(403));
    }

    [TestCase("192.0.2.7")]
    [TestCase("2001:db8::7")]
    [TestCase("::ffff:192.0.2.7")]
    public async Task A_caller_on_another_machine_is_refused(string caller)
    {
        using var log = new LogRecorder();
        await using var server = await this.ServeAsync(services => services.AddSingleton(log.Factory), caller: caller);

        Assert.That((await server.GetAsync("/launches/")).Status, Is.EqualTo(403));
        Assert.That((await server.ActAsync("stop?launch=shop")).Status, Is.EqualTo(403));
        Assert.That(log.Of(40).Single().Message, Does.StartWith("The page of the launches: the guard refused a request, GET /launches/, by its rule Caller.").And.Contain("RequireAuthorization"));
    }

    [TestCase("X-Forwarded-For: 192.0.2.7")]
    [TestCase("Forwarded: for=192.0.2.7")]
    [TestCase("X-Forwarded-Host: shop.example")]
    [TestCase("Via: 1.1 proxy")]
    public async Task A_caller_behind_a_proxy_on_this_machine_is_refused(string header)
    {
        await using var server = await this.ServeAsync();

        Assert.That((await server.GetAsync("/launches/", header)).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task A_caller_whose_address_comes_from_a_header_is_refused()
    {
        await using var server = await PageServer.StartAsync(
            app =>
            {
                app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.All });
                app.MapLaunches("/launches", this.shop);
            });

        Assert.That((await server.GetAsync("/launches/", "X-Forwarded-For: 127.0.0.1")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task A_policy_lets_only_its_callers_in_from_any_machine_and_by_any_name()
    {
        await using var server = await this.ServeAsync(AddKey, page => page.RequireAuthorization(), "192.0.2.7");

        Assert.That((await server.GetAsync("/launches/")).Status, Is.EqualTo(401));
        Assert.That((await server.GetAsync("/launches/events")).Status, Is.EqualTo(401));
        Assert.That((await server.ActAsync("stop?launch=shop")).Status, Is.EqualTo(401));
        Assert.That((await server.GetAsync("/launches/", "Host: shop.example", "Key: operator")).Status, Is.EqualTo(200));
        Assert.That((await server.PostAsync("stop?launch=shop", "Key: operator", "Sec-Fetch-Site: cross-site")).Status, Is.EqualTo(403), "the policy does not make a foreign page the page itself");
        Assert.That((await server.PostAsync("stop?launch=shop", "Key: operator", "Sec-Fetch-Site: same-origin")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task The_page_opens_no_launch_that_has_ended()
    {
        await using var server = await this.ServeAsync(AddKey, page => page.RequireAuthorization());
        await this.shop.StopAsync().Within();

        Assert.That((await server.GetAsync("/launches/open?launch=shop", "Key: operator", "Sec-Fetch-Site: same-origin")).Status, Is.EqualTo(409));
    }

    [Test]
    public async Task AllowAnonymous_does_not_open_the_page_to_other_machines()
    {
        await using var server = await this.ServeAsync(AddKey, page => page.RequireAuthorization().AllowAnonymous(), "192.0.2.7");

        Assert.That((await server.GetAsync("/launches/")).Status, Is.EqualTo(403));
    }

    private static void AddKey(IServiceCollection services)
    {
        services.AddAuthentication("Key").AddScheme<AuthenticationSchemeOptions, KeyAuthentication>("Key", configureOptions: null);
        services.AddAuthorization();
    }

    private Task<PageServer> ServeAsync(Action<IServiceCollection>? services = null, Action<IEndpointConventionBuilder>? configure = null, string? caller = null) => PageServer.StartAsync(
        app =>
        {
            var page = app.MapLaunches("/launches", this.shop);
            configure?.Invoke(page);
        },
        services,
        caller);

    private sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(this.Request.Headers["Key"] == "operator"
            ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity("Key")), "Key"))
            : AuthenticateResult.NoResult());
    }
}
