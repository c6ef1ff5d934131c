namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>The requests of browsers and of programs, by the headers with which they arrive. The tests of the browser show that it sends these.</summary>
public sealed class RequestTests
{
    private const string Navigate = "Sec-Fetch-Mode: navigate";
    private const string CrossSite = "Sec-Fetch-Site: cross-site";

    private GuardedApp app = null!;

    [OneTimeSetUp]
    public async Task Launch() => this.app = await GuardedApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await this.app.DisposeAsync();

    private static IEnumerable<TestCaseData> Friendly()
    {
        yield return Case("a program sends no sign of a page", "GET");
        yield return Case("a program posts", "POST");
        yield return Case("the user types the address", "GET", "Sec-Fetch-Site: none", Navigate, "Sec-Fetch-Dest: document");
        yield return Case("a link of a foreign page opens it", "GET", CrossSite, Navigate, "Sec-Fetch-Dest: document");
        yield return Case("a link of another local page opens it", "GET", "Sec-Fetch-Site: same-site", Navigate, "Sec-Fetch-Dest: document");
        yield return Case("its own page fetches", "GET", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors");
        yield return Case("its own page posts", "POST", "Sec-Fetch-Site: same-origin", "Origin: {own}");
        yield return Case("its own page posts a form without referrer", "POST", "Sec-Fetch-Site: same-origin", "Origin: null", Navigate);
        yield return Case("its own page has itself in a frame", "GET", "Sec-Fetch-Site: same-origin", Navigate, "Sec-Fetch-Dest: iframe");
        yield return Case("its own page opens a WebSocket", "GET", "Origin: {own}", "Upgrade: websocket");
        yield return Case("its own page posts in a browser without Fetch Metadata", "POST", "Origin: {own}");
        yield return Case("the server's own origin is written in upper case", "POST", "Origin: HTTP://{host}");

        static TestCaseData Case(string name, string method, params string[] headers) => new TestCaseData(method, headers).SetArgDisplayNames(name);
    }

    private static IEnumerable<TestCaseData> Hostile()
    {
        yield return Case("a foreign page posts", "POST", CrossSite, "Origin: http://evil.test");
        yield return Case("a foreign page loads it as a script", "GET", CrossSite, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script");
        yield return Case("another local page fetches without reading", "GET", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors");
        yield return Case("another local page fetches", "GET", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Origin: http://127.0.0.1:1");
        yield return Case("a foreign page opens a WebSocket", "GET", "Origin: http://evil.test", "Upgrade: websocket");
        yield return Case("another local page opens a WebSocket", "GET", "Origin: http://localhost:1", "Upgrade: websocket");
        yield return Case("a page of https with the same host", "POST", "Origin: https://{host}");
        yield return Case("a page of a file", "POST", CrossSite, "Origin: null");
        yield return Case("a page of a file opens a WebSocket", "GET", "Origin: null", "Upgrade: websocket");
        yield return Case("a page asks before it sends", "OPTIONS", CrossSite, "Origin: http://evil.test", "Access-Control-Request-Method: PUT");
        yield return Case("a foreign page navigates by a form", "POST", CrossSite, Navigate, "Sec-Fetch-Dest: document", "Origin: http://evil.test");
        yield return Case("a foreign page has it in a frame", "GET", CrossSite, Navigate, "Sec-Fetch-Dest: iframe");
        yield return Case("another local page has it as an object", "GET", "Sec-Fetch-Site: same-site", Navigate, "Sec-Fetch-Dest: object");
        yield return Case("an extension of the browser posts", "POST", "Sec-Fetch-Site: none", "Origin: chrome-extension://abc");
        yield return Case("an empty origin", "POST", "Origin:");
        yield return Case("two origins", "POST", "Origin: {own}", "Origin: http://evil.test");
        yield return Case("the server's own origin with more behind it", "POST", "Origin: {own}.evil.test");
        yield return Case("the server's own origin with more before it", "POST", "Origin: http://evil.test@{host}");
        yield return Case("a site that no browser sends", "GET", "Sec-Fetch-Site: same-origin, cross-site");
        yield return Case("two sites", "GET", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site");
        yield return Case("an empty site", "GET", "Sec-Fetch-Site:");

        static TestCaseData Case(string name, string method, params string[] headers) => new TestCaseData(method, headers).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Friendly))]
    public async Task A_friendly_request_reaches_the_app(string method, string[] headers)
    {
        var before = this.app.Served;
        var answer = await this.SendAsync(method, headers);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(this.app.Served, Is.EqualTo(before + 1));
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task A_hostile_request_is_refused_and_does_not_reach_the_app(string method, string[] headers)
    {
        var before = this.app.Served;
        var answer = await this.SendAsync(method, headers);

        Assert.That(answer.Status, Is.EqualTo(403), answer.Text);
        Assert.That(answer.Text, Does.Contain("by its rule Origin").Or.Contain("by its rule Frame"));
        Assert.That(answer.Text, Does.Contain("text/plain").And.Contain("no-store").And.Contain("nosniff"));
        Assert.That(this.app.Served, Is.EqualTo(before));
    }

    [Test]
    public async Task A_refusal_of_a_HEAD_request_has_no_body()
    {
        var answer = await this.SendAsync("HEAD", [CrossSite]);

        Assert.That(answer.Status, Is.EqualTo(403));
        Assert.That(answer.Text, Does.EndWith("\r\n\r\n"));
    }

    [Test]
    public async Task A_refusal_tells_a_stranger_nothing_of_the_app()
    {
        var answer = await this.SendAsync("POST", ["Origin: http://evil.test"]);

        Assert.That(answer.Text, Does.Not.Contain("guarded").And.Not.Contain("evil.test"));
    }

    private Task<RawRequest.Answer> SendAsync(string method, string[] headers) => this.app.SendAsync(
        $"{method} / HTTP/1.1",
        [$"Host: {this.app.Host}", .. headers.Select(header => header.Replace("{own}", this.app.Origin, StringComparison.Ordinal).Replace("{host}", this.app.Host, StringComparison.Ordinal)), "Content-Length: 0"]);
}
