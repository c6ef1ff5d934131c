using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Browser.Tests.Guard;

/// <summary>What a page can do to a launched server, in a real browser that takes evil.test for this machine.</summary>
public sealed class AccessTests : StrangerFixture
{
    internal const string Post = "url => fetch(url, { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body: 'x' }).then(answer => answer.type, () => 'failed')";
    private const string Get = "url => fetch(url, { mode: 'no-cors' }).then(answer => answer.type, () => 'failed')";
    internal const string Read = "url => fetch(url).then(answer => answer.text(), () => 'failed')";
    private const string Script = "url => new Promise(done => { const tag = document.createElement('script'); tag.src = url + 'data.js'; tag.onload = () => done(window.secret); tag.onerror = () => done('failed'); document.head.append(tag); })";
    private const string Picture = "url => new Promise(done => { const tag = document.createElement('img'); tag.src = url; tag.onload = tag.onerror = () => done('failed'); document.body.append(tag); })";
    internal const string Socket = "url => new Promise(done => { const socket = new WebSocket(url.replace('http', 'ws')); socket.onmessage = message => done(message.data); socket.onerror = () => done('failed'); })";
    private const string Frame = "url => new Promise(done => { const tag = document.createElement('iframe'); tag.src = url; tag.onload = () => done('shown'); document.body.append(tag); })";

    private static IEnumerable<TestCaseData> Hostile()
    {
        foreach (var origin in new[] { "127.0.0.1", "localhost", "evil.test" })
        {
            foreach (var (name, script) in new[] { ("posts", Post), ("fetches", Get), ("reads", Read), ("loads a script", Script), ("loads a picture", Picture), ("opens a WebSocket", Socket), ("shows a frame", Frame) })
            {
                yield return new TestCaseData(origin, script).SetArgDisplayNames($"a page of {origin} {name}");
            }
        }
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task A_page_of_another_server_gets_nothing_and_does_not_reach_the_app(string host, string script)
    {
        await using var target = await Target.StartAsync();
        var page = await this.OpenAsync(this.StrangerAt(host));
        var result = await page.EvaluateAsync<string?>(script, target.Handle.Address.ToString());

        Assert.That(result, Is.Not.Null.And.Not.Contains("secret"));
        Assert.That(target.Served, Is.Empty);
        foreach (var frame in page.Frames)
        {
            Assert.That(await frame.ContentAsync(), Does.Not.Contain("secret"));
        }
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task A_hostile_page_reaches_an_app_without_the_guard(string host, string script)
    {
        await using var target = await Target.StartAsync(options => options.AllowAnyAccess());
        var page = await this.OpenAsync(this.StrangerAt(host));
        await page.EvaluateAsync<string?>(script, target.Handle.Address.ToString());

        Assert.That(target.Served, Is.Not.Empty);
    }

    [Test]
    public async Task A_foreign_name_that_was_made_to_stand_for_this_machine_is_refused()
    {
        await using var target = await Target.StartAsync();
        var page = await this.OpenAsync(new Uri($"http://evil.test:{target.Port}/"));

        Assert.That(await page.ContentAsync(), Does.Contain("by its rule Host").And.Not.Contain("secret"));
        Assert.That(await page.EvaluateAsync<string>(Read, $"http://evil.test:{target.Port}/"), Does.Not.Contain("secret"));
        Assert.That(target.Served, Is.Empty);
    }

    [Test]
    public async Task A_form_that_a_foreign_page_sends_is_refused()
    {
        await using var target = await Target.StartAsync();
        var page = await this.OpenAsync(this.StrangerAt("evil.test"));
        var url = target.Handle.Address.ToString();

        var answer = await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync(
                "url => { const form = document.createElement('form'); form.method = 'POST'; form.action = url; document.body.append(form); form.submit(); }",
                url),
            url);

        Assert.That(answer.Status, Is.EqualTo(403));
        await Expect(page.Locator("body")).ToContainTextAsync("by its rule Origin");
        Assert.That(target.Served, Is.Empty);
    }

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    public async Task The_user_types_the_address_and_its_own_page_does_everything(string host)
    {
        await using var target = await Target.StartAsync();
        var address = new UriBuilder(target.Handle.Address) { Host = host }.Uri;

        var page = await this.OpenAsync(address);

        Assert.That(await page.ContentAsync(), Does.Contain("secret"));
        foreach (var script in new[] { Post, Get, Read, Script, Socket, Frame })
        {
            var before = target.Served.Count;
            Assert.That(await page.EvaluateAsync<string?>(script, address.ToString()), Is.Not.EqualTo("failed"), script);
            Assert.That(target.Served, Has.Count.EqualTo(before + 1), script);
        }
    }

    [TestCase("localhost")]
    [TestCase("evil.test")]
    public async Task A_link_of_a_foreign_page_opens_the_app(string host)
    {
        await using var target = await Target.StartAsync();
        var page = await this.OpenAsync(this.StrangerAt(host));
        await FollowLinkAsync(page, target.Handle.Address);

        await Expect(page.Locator("body")).ToContainTextAsync("secret");
    }

    [Test]
    public async Task A_page_of_an_allowed_origin_opens_a_WebSocket_and_a_frame()
    {
        await using var target = await Target.StartAsync(options => options.GuardAccess(guard => guard.AllowedOrigins.Add($"http://localhost:{this.StrangerAddress.Port}")));
        var page = await this.OpenAsync(this.StrangerAt("localhost"));

        Assert.That(await page.EvaluateAsync<string>(Socket, target.Handle.Address.ToString()), Is.EqualTo("secret"));
        await page.EvaluateAsync(Frame, target.Handle.Address.ToString());
        Assert.That(await page.Frames[1].ContentAsync(), Does.Contain("secret"));

        var foreign = await this.OpenAsync(this.StrangerAt("evil.test"));
        await foreign.EvaluateAsync(Frame, target.Handle.Address.ToString());
        Assert.That(await foreign.Frames[1].ContentAsync(), Does.Not.Contain("secret"));
    }

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    public async Task The_address_with_the_token_opens_the_app_and_leaves_the_address_bar_clean(string host)
    {
        await using var target = await RequiringTokenAsync();
        var token = target.Handle.GetAccessToken()!;
        var access = new UriBuilder(target.Handle.GetAccessUri("/orders?open=1")) { Host = host }.Uri;
        var clean = new UriBuilder(target.Handle.Address) { Host = host, Path = "/orders", Query = "open=1" }.Uri;
        var page = await this.OpenAsync(clean);
        Assert.That(await page.ContentAsync(), Does.Contain("Open the address that the program shows").And.Not.Contain("secret"));

        var sent = new List<string>();
        page.Request += (_, request) => sent.AddRange(request.Headers.Values);
        await page.GotoAsync(access.ToString());

        Assert.That(page.Url, Is.EqualTo(clean.ToString()));
        Assert.That(await page.ContentAsync(), Does.Contain("secret"));
        Assert.That(await page.EvaluateAsync<string>("() => document.referrer"), Is.Empty);
        Assert.That(await page.EvaluateAsync<string>("() => document.cookie"), Is.Empty, "scripts do not see the cookie");
        foreach (var script in new[] { Post, Read, Script, Socket })
        {
            Assert.That(await page.EvaluateAsync<string?>(script, new Uri(clean, "/").ToString()), Is.Not.EqualTo("failed"), script);
        }

        Assert.That(sent, Has.None.Contains(token));
    }

    [Test]
    public async Task A_link_of_a_foreign_page_with_the_token_opens_the_app()
    {
        await using var target = await RequiringTokenAsync();
        var page = await this.OpenAsync(this.StrangerAt("evil.test"));
        await FollowLinkAsync(page, target.Handle.GetAccessUri("/orders"), new($"http://127.0.0.1:{target.Port}/orders"));

        await Expect(page.Locator("body")).ToContainTextAsync("secret");
    }

    [TestCase("evil.test", "127.0.0.1")]
    [TestCase("127.0.0.1", "127.0.0.1")]
    [TestCase("localhost", "127.0.0.1")]
    [TestCase("localhost", "localhost")]
    public async Task A_link_of_a_foreign_page_without_the_token_opens_a_page_that_leads_on(string foreign, string host)
    {
        await using var target = await RequiringTokenAsync();
        await this.OpenAsync(new UriBuilder(target.Handle.GetAccessUri()) { Host = host }.Uri);
        var before = target.Served.Count;
        var page = await this.OpenAsync(this.StrangerAt(foreign));
        await FollowLinkAsync(page, new UriBuilder(target.Handle.Address) { Host = host, Path = "/delete-everything" }.Uri);
        await Expect(page.Locator("body")).ToContainTextAsync("This page needs the address with the token");

        Assert.That(target.Served, Has.Count.EqualTo(before), "a foreign page cannot use the cookie");
        await page.GetByRole(AriaRole.Link, new() { Name = "continue to the start page" }).ClickAsync();
        await Expect(page.Locator("body")).ToContainTextAsync("secret");
    }

    [Test]
    public async Task A_page_of_an_allowed_origin_opens_the_app_by_a_link_and_in_a_frame_with_the_cookie()
    {
        await using var target = await Target.StartAsync(options => options.GuardAccess(guard =>
        {
            guard.RequireToken = true;
            guard.AllowedOrigins.Add($"http://localhost:{this.StrangerAddress.Port}");
        }));
        await this.OpenAsync(new UriBuilder(target.Handle.GetAccessUri()) { Host = "localhost" }.Uri);
        var page = await this.OpenAsync(this.StrangerAt("localhost"));
        var address = new UriBuilder(target.Handle.Address) { Host = "localhost" }.Uri;
        await page.EvaluateAsync(Frame, address.ToString());
        Assert.That(await page.Frames[1].ContentAsync(), Does.Contain("secret"));

        await FollowLinkAsync(page, address);
        await Expect(page.Locator("body")).ToContainTextAsync("secret");
    }

    [Test]
    public async Task The_address_with_the_token_of_an_exempt_path_leaves_the_address_bar_clean()
    {
        await using var target = await Target.StartAsync(options => options.GuardAccess(guard =>
        {
            guard.RequireToken = true;
            guard.Exempt.Add("/login");
        }));
        var sent = new List<string>();
        var page = await this.OpenAsync(target.Handle.GetAccessUri("/login"));
        page.Request += (_, request) => sent.AddRange(request.Headers.Values);

        Assert.That(page.Url, Is.EqualTo(new Uri(target.Handle.Address, "/login").ToString()));
        Assert.That(await page.EvaluateAsync<string>(Read, target.Handle.Address.ToString()), Does.Contain("secret"), "the cookie is there");
        Assert.That(sent, Is.Not.Empty.And.None.Contains(target.Handle.GetAccessToken()!));
    }

    [Test]
    public async Task Two_launches_in_one_browser_keep_their_cookies_apart()
    {
        await using var first = await RequiringTokenAsync();
        await using var second = await RequiringTokenAsync();
        await this.OpenAsync(first.Handle.GetAccessUri());
        await this.OpenAsync(second.Handle.GetAccessUri());

        foreach (var target in new[] { first, second })
        {
            var page = await this.OpenAsync(target.Handle.Address);
            Assert.That(await page.ContentAsync(), Does.Contain("secret"));
        }
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task A_browser_that_has_the_cookie_does_not_help_a_page_of_another_server(string host, string script)
    {
        await using var target = await RequiringTokenAsync();
        await this.OpenAsync(target.Handle.GetAccessUri());
        var before = target.Served.Count;
        var page = await this.OpenAsync(this.StrangerAt(host));
        var result = await page.EvaluateAsync<string?>(script, target.Handle.Address.ToString());

        Assert.That(result, Is.Not.Null.And.Not.Contains("secret"));
        Assert.That(target.Served, Has.Count.EqualTo(before));
    }

    private static Task<Target> RequiringTokenAsync() => Target.StartAsync(options => options.GuardAccess(guard => guard.RequireToken = true));

    private static async Task FollowLinkAsync(IPage page, Uri address, Uri? end = null)
    {
        await page.EvaluateAsync("url => { const link = document.createElement('a'); link.href = url; link.textContent = 'open'; document.body.append(link); }", address.ToString());
        await page.GetByText("open", new() { Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync((end ?? address).ToString());
    }
}
