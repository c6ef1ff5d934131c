namespace SafeLaunch.Testing.Tests.Servers;

/// <summary>A server per test. These tests need their order: the second looks at the server of the first.</summary>
public sealed class PerTestTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For(TestLaunch.UntilStopped).PerTest();
    private static LaunchHandle? ofTheTestBefore;

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    [Order(1)]
    public async Task All_calls_of_one_test_get_the_server_of_the_test()
    {
        var handle = await Server.StartAsync().Within();
        ofTheTestBefore = handle;

        Assert.That(Server.Start(), Is.SameAs(handle));
        Assert.That(Server.Handle, Is.SameAs(handle));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    [Order(2)]
    public async Task The_server_of_a_test_is_stopped_with_the_test_and_the_next_test_gets_another()
    {
        Assert.That(ofTheTestBefore!.State, Is.EqualTo(LaunchState.Ended));
        Assert.That(() => Server.Handle, Throws.TypeOf<LaunchException>().With.Message.Contains("has not been started"));

        Assert.That(await Server.StartAsync().Within(), Is.Not.SameAs(ofTheTestBefore));
    }

    [Test]
    public async Task A_dispose_stops_the_server_of_the_test()
    {
        var server = LaunchedServer.For(TestLaunch.UntilStopped).PerTest();
        var handle = await server.StartAsync().Within();

        await server.DisposeAsync().AsTask().Within();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
    }

    [Test]
    public async Task A_caller_outside_of_all_tests_is_told_that_there_is_no_server_for_it()
    {
        Task<LaunchHandle> start;
        using (ExecutionContext.SuppressFlow())
        {
            start = Task.Run(() => Server.StartAsync());
        }

        Assert.That(await start.ErrorAsync(), Is.TypeOf<LaunchException>().With.Message.Contains("has a server per test, and the caller is in no test"));
    }
}

/// <summary>The set-up of a fixture is no single test, so no server is its own.</summary>
public sealed class SetUpOfPerTestTests
{
    private Exception? error;

    [OneTimeSetUp]
    public void Ask() => this.error = Caught.By(() => LaunchedServer.For(TestLaunch.UntilStopped).PerTest().Start());

    [Test]
    public void The_set_up_of_a_fixture_is_told_that_there_is_no_server_for_it() =>
        Assert.That(this.error, Is.TypeOf<LaunchException>().With.Message.Contains("has a server per test"));
}
