namespace SafeLaunch.Testing.Tests.Servers;

/// <summary>A client that the set-up of the fixture has made, which the tests use without another call of the server.</summary>
public sealed class ClientOfAFixtureTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>().BeforeEachTest(_ =>
    {
        prepared++;
        return Task.CompletedTask;
    });

    private static int prepared;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public void Open() => this.client = Server.CreateClient();

    [OneTimeTearDown]
    public async Task Stop()
    {
        this.client.Dispose();
        await Server.DisposeAsync();
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task The_server_is_prepared_for_a_test_that_uses_a_client_of_its_fixture(int test)
    {
        _ = test;
        var before = prepared;

        await this.client.GetStringAsync("/").Within();
        await this.client.GetStringAsync("/").Within();

        Assert.That(prepared - before, Is.EqualTo(1));
    }

    [Test]
    public void The_server_is_prepared_for_a_request_that_blocks()
    {
        var before = prepared;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");

        using var answer = this.client.Send(request);

        Assert.That(prepared - before, Is.EqualTo(1));
    }
}
