namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>The Host header, as it is on the wire.</summary>
public sealed class HostTests
{
    private GuardedApp app = null!;

    [OneTimeSetUp]
    public async Task Launch() => this.app = await GuardedApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await this.app.DisposeAsync();

    [TestCase("127.0.0.1:{port}")]
    [TestCase("127.0.0.1")]
    [TestCase("localhost:{port}")]
    [TestCase("localhost:1")]
    [TestCase("LocalHost")]
    [TestCase("[::1]:{port}")]
    [TestCase("[::1]")]
    [TestCase("shop.localhost:{port}")]
    [TestCase("SHOP.LOCALHOST")]
    public Task A_name_of_this_machine_is_served(string host) => this.AssertServedAsync("GET / HTTP/1.1", this.Filled($"Host: {host}"));

    [TestCase("evil.test:{port}")]
    [TestCase("evil.test")]
    [TestCase("127.0.0.1.evil.test")]
    [TestCase("localhost.evil.test")]
    [TestCase("evillocalhost")]
    [TestCase(".localhost")]
    [TestCase("localhost.")]
    [TestCase("localhost.:{port}")]
    [TestCase("127.0.0.1.")]
    [TestCase("127.0.0.2")]
    [TestCase("127.1")]
    [TestCase("2130706433")]
    [TestCase("0.0.0.0:{port}")]
    [TestCase("[0:0:0:0:0:0:0:1]")]
    [TestCase("[::ffff:127.0.0.1]")]
    [TestCase("192.168.1.5")]
    [TestCase("")]
    public Task A_foreign_name_is_refused(string host) => this.AssertRefusedAsync(421, "GET / HTTP/1.1", this.Filled($"Host: {host}"));

    [TestCase("localhost:port")]
    [TestCase("localhost:1:2")]
    [TestCase("localhost@evil.test")]
    [TestCase("[::]:80")]
    [TestCase("[::1")]
    [TestCase("[::1]evil.test")]
    [TestCase("local host")]
    public async Task A_text_that_is_no_name_is_refused_by_the_server_or_by_the_guard(string host)
    {
        var before = this.app.Served;
        var answer = await this.app.SendAsync("GET / HTTP/1.1", $"Host: {host}");

        Assert.That(answer.Status, Is.EqualTo(400).Or.EqualTo(421), answer.Text);
        Assert.That(this.app.Served, Is.EqualTo(before));
    }

    [Test]
    public Task A_request_line_with_the_servers_own_address_is_served() =>
        this.AssertServedAsync(this.Filled("GET http://127.0.0.1:{port}/ HTTP/1.1"), this.Filled("Host: 127.0.0.1:{port}"));

    [Test]
    public Task A_request_line_with_a_foreign_address_is_refused() =>
        this.AssertRefusedAsync(421, "GET http://evil.test/ HTTP/1.1", "Host: evil.test");

    [Test]
    public Task A_request_line_with_a_foreign_address_beside_the_servers_own_Host_is_refused() =>
        this.AssertRefusedAsync(400, "GET http://evil.test/ HTTP/1.1", "Host: localhost");

    [Test]
    public Task A_request_line_with_the_servers_own_address_beside_a_foreign_Host_is_refused() =>
        this.AssertRefusedAsync(400, "GET http://localhost/ HTTP/1.1", "Host: evil.test");

    [Test]
    public Task Two_Hosts_are_refused() => this.AssertRefusedAsync(400, "GET / HTTP/1.1", "Host: localhost", "Host: evil.test");

    [Test]
    public Task A_request_without_a_Host_is_refused() => this.AssertRefusedAsync(400, "GET / HTTP/1.1");

    [Test]
    public Task A_request_of_HTTP_1_0_without_a_Host_is_refused() => this.AssertRefusedAsync(421, "GET / HTTP/1.0");

    [Test]
    public Task A_forwarded_host_does_not_stand_for_the_Host() =>
        this.AssertRefusedAsync(421, "GET / HTTP/1.1", "Host: evil.test", "X-Forwarded-Host: localhost", "Forwarded: host=localhost");

    [Test]
    public async Task A_foreign_name_after_the_servers_own_name_on_the_same_connection_is_refused()
    {
        var before = this.app.Served;
        var answer = await RawRequest.SendAsync(
            this.app.Handle.Address,
            ["GET / HTTP/1.1", "Host: localhost", "", "GET / HTTP/1.1", "Host: evil.test", "Connection: close"]);

        Assert.That(answer.Text, Does.StartWith("HTTP/1.1 200").And.Contain("HTTP/1.1 421"));
        Assert.That(this.app.Served, Is.EqualTo(before + 1));
    }

    [Test]
    public async Task The_Host_is_checked_also_where_the_page_says_that_it_is_of_the_same_origin()
    {
        var before = this.app.Served;
        var answer = await this.app.SendAsync("GET / HTTP/1.1", "Host: evil.test", "Origin: http://evil.test", "Sec-Fetch-Site: same-origin");

        Assert.That(answer.Status, Is.EqualTo(421));
        Assert.That(answer.Text, Does.Contain("by its rule Host"));
        Assert.That(this.app.Served, Is.EqualTo(before));
    }

    [TestCase("http://0.0.0.0:0", "127.0.0.1")]
    [TestCase("http://[::]:0", "127.0.0.1")]
    [TestCase("http://127.0.0.2:0", "127.0.0.2")]
    public async Task The_address_at_which_a_request_arrives_is_a_name_of_the_server(string url, string host)
    {
        await using var open = await GuardedApp.StartAsync(options => options.UseUrls(url).GuardAccess());
        using var client = new HttpClient();
        var port = open.Handle.Address.Port;

        Assert.That(await client.GetStringAsync(new Uri($"http://{host}:{port}/")).Within(), Does.StartWith("served"));
        using var foreign = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{host}:{port}/")) { Headers = { Host = "10.1.2.3" } };
        using var answer = await client.SendAsync(foreign).Within();
        Assert.That((int)answer.StatusCode, Is.EqualTo(421));
    }

    private string Filled(string text) => text.Replace("{port}", $"{this.app.Handle.Address.Port}", StringComparison.Ordinal);

    private async Task AssertServedAsync(string requestLine, params string[] headers)
    {
        var before = this.app.Served;
        var answer = await this.app.SendAsync(requestLine, headers);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(this.app.Served, Is.EqualTo(before + 1));
    }

    private async Task AssertRefusedAsync(int status, string requestLine, params string[] headers)
    {
        var before = this.app.Served;
        var answer = await this.app.SendAsync(requestLine, headers);

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
        Assert.That(this.app.Served, Is.EqualTo(before));
    }
}
