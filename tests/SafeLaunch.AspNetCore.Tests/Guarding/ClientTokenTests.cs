using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>The clients that a launch makes: they bring its token to its own server, and to no other one.</summary>
public sealed class ClientTokenTests
{
    private const string None = "authorization '', cookies ''";

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_client_gives_the_token_to_no_other_server_by_an_absolute_address(bool hasAuthorization)
    {
        await using var other = await StartAsync(requiresToken: false);
        await using var app = await StartAsync(requiresToken: true);
        using var client = app.CreateClient();

        Assert.That(await SendAsync(client, new Uri(other.Address, "/headers"), hasAuthorization), Is.EqualTo(hasAuthorization ? "authorization 'Basic YTpi', cookies ''" : None));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_client_gives_the_token_to_no_other_server_by_a_redirect(bool hasAuthorization)
    {
        await using var other = await StartAsync(requiresToken: false);
        await using var app = await StartAsync(requiresToken: true);
        using var client = app.CreateClient();

        Assert.That(await SendAsync(client, RedirectTo(new Uri(other.Address, "/headers")), hasAuthorization), Is.EqualTo(None));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_client_brings_the_token_again_where_another_server_leads_back(bool hasAuthorization)
    {
        await using var other = await StartAsync(requiresToken: false);
        await using var app = await StartAsync(requiresToken: true);
        using var client = app.CreateClient();
        var back = new Uri(other.Address, RedirectTo(new Uri(app.Address, "/headers")));

        Assert.That(await SendAsync(client, RedirectTo(back), hasAuthorization), Is.EqualTo(None), "the guard takes the token out");
    }

    [Test]
    public async Task The_token_goes_beside_the_authorization_and_the_cookies_of_the_caller()
    {
        await using var app = await StartAsync(requiresToken: true);
        using var client = app.CreateClient(sockets => sockets.CookieContainer.Add(app.Address, new Cookie("kept", "1")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/headers") { Headers = { Authorization = new("Basic", "YTpi") } };
        request.Headers.Add("Cookie", "own=2");
        using var answer = await client.SendAsync(request).Within();

        Assert.That(await answer.Content.ReadAsStringAsync().Within(), Does.StartWith("authorization 'Basic YTpi'").And.Contain("kept=1").And.Contain("own=2"));
        Assert.That(request.Headers.GetValues("Cookie"), Is.EqualTo(new[] { "own=2" }), "the request is as before");
    }

    [Test]
    public async Task The_token_goes_beside_the_authorization_of_the_caller_where_a_host_lists_the_launch_by_another_name()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddLaunch("shop", _ => LauncherOf(requiresToken: true));
        using var host = builder.Build();
        await host.StartAsync().Within();
        using var client = host.Services.GetRequiredKeyedService<LaunchHandle>("shop").CreateClient();

        Assert.That(await SendAsync(client, new Uri("/headers", UriKind.Relative), hasAuthorization: true), Does.StartWith("authorization 'Basic YTpi'"));
        await host.StopAsync().Within();
    }

    [Test]
    public async Task A_client_without_cookies_brings_the_token_too()
    {
        await using var app = await StartAsync(requiresToken: true);
        using var client = app.CreateClient(sockets => sockets.UseCookies = false);

        Assert.That(await SendAsync(client, new Uri("/headers", UriKind.Relative), hasAuthorization: true), Does.StartWith("authorization 'Basic YTpi'"));
        Assert.That(await SendAsync(client, RedirectTo(new Uri(app.Address, "/headers")), hasAuthorization: true), Is.EqualTo(None));
    }

    [Test]
    public async Task The_token_is_brought_without_waiting_for_a_task_too()
    {
        await using var app = await StartAsync(requiresToken: true);
        using var client = app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, RedirectTo(new Uri(app.Address, "/headers")));
        using var answer = await Task.Run(() => client.Send(request)).Within();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static IEnumerable<TestCaseData> Redirects() =>
        from status in new[] { 300, 301, 302, 303, 304, 305, 307, 308 }
        from method in new[] { "GET", "HEAD", "POST", "PUT" }
        select new TestCaseData(status, method);

    [TestCaseSource(nameof(Redirects))]
    public async Task A_redirect_is_followed_as_by_a_client_that_needs_no_token(int status, string method)
    {
        await using var open = await StartAsync(requiresToken: false);
        await using var app = await StartAsync(requiresToken: true);
        using var plain = open.CreateClient();
        using var client = app.CreateClient();

        Assert.That(await FollowAsync(client), Is.EqualTo(await FollowAsync(plain)));

        async Task<(HttpStatusCode Status, string Text, string? End)> FollowAsync(HttpClient sender)
        {
            using var request = new HttpRequestMessage(new(method), $"/from?status={status}&to=/echo#part");
            request.Content = method is "POST" or "PUT" ? new StringContent("body") : null;
            using var answer = await sender.SendAsync(request).Within();
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync().Within(), request.RequestUri!.PathAndQuery + request.RequestUri.Fragment);
        }
    }

    [TestCase(null)]
    [TestCase(3)]
    [TestCase(0)]
    public async Task A_client_follows_as_many_redirects_as_its_caller_wants(int? most)
    {
        await using var open = await StartAsync(requiresToken: false);
        await using var app = await StartAsync(requiresToken: true);

        Assert.That(await CountAsync(app), Is.EqualTo(await CountAsync(open)));

        async Task<string> CountAsync(LaunchHandle handle)
        {
            using var client = handle.CreateClient(sockets =>
            {
                sockets.AllowAutoRedirect = most != 0;
                sockets.MaxAutomaticRedirections = most is null or 0 ? 50 : most.Value;
            });
            using var answer = await client.GetAsync(new Uri("/count/0", UriKind.Relative)).Within();
            return $"{answer.StatusCode} {answer.Headers.Location}";
        }
    }

    private static Uri RedirectTo(Uri target) => new($"/from?status=302&to={Uri.EscapeDataString(target.ToString())}", UriKind.Relative);

    private static async Task<string> SendAsync(HttpClient client, Uri address, bool hasAuthorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = hasAuthorization ? new("Basic", "YTpi") : null } };
        using var answer = await client.SendAsync(request).Within();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await answer.Content.ReadAsStringAsync().Within();
    }

    private static Task<LaunchHandle> StartAsync(bool requiresToken) => LauncherOf(requiresToken).StartAsync().Within();

    private static Launcher LauncherOf(bool requiresToken) => Launcher.For(
        () =>
        {
            var app = WebHosts.Builder().Build();
            app.MapGet("/headers", (HttpRequest request) => $"authorization '{request.Headers.Authorization}', cookies '{request.Headers.Cookie}'");
            app.Map("/echo", async (HttpRequest request) => $"{request.Method} {request.QueryString} {await new StreamReader(request.Body).ReadToEndAsync()}");
            app.Map("/from", (HttpContext context, int status, string to) =>
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = new StringValues(to);
            });
            app.MapGet("/count/{number}", (int number) => Results.Redirect($"/count/{number + 1}"));
            app.Run();
        },
        options => options.UseLoopback().GuardAccess(guard => guard.RequireToken = requiresToken));
}
