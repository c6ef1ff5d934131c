namespace SafeLaunch.Testing.Tests.Servers;

public sealed class BeforeEachTestTests
{
    private static readonly List<LaunchHandle> Prepared = [];
    private static readonly LaunchedServer Shared = LaunchedServer.For(TestLaunch.UntilStopped).BeforeEachTest(handle =>
    {
        Prepared.Add(handle);
        return Task.CompletedTask;
    });

    [OneTimeTearDown]
    public async Task Stop() => await Shared.DisposeAsync();

    [TestCase(1)]
    [TestCase(2)]
    public async Task A_shared_server_is_prepared_once_for_each_test_that_uses_it(int test)
    {
        _ = test;
        var before = Prepared.Count;

        var handle = await Shared.StartAsync().Within();
        Shared.Start();

        Assert.That(Prepared.Skip(before), Is.EqualTo(new[] { handle }));
    }

    [Test]
    public async Task A_server_that_a_test_starts_again_is_prepared_again()
    {
        List<LaunchHandle> prepared = [];
        await using var server = LaunchedServer.For(TestLaunch.UntilStopped).BeforeEachTest(handle =>
        {
            prepared.Add(handle);
            return Task.CompletedTask;
        });

        var first = await server.StartAsync().Within();
        await server.DisposeAsync();
        var second = await server.StartAsync().Within();

        Assert.That(prepared, Is.EqualTo(new[] { first, second }));
    }

    [Test]
    public async Task A_preparation_may_ask_for_the_server_that_it_prepares()
    {
        LaunchedServer? server = null;
        LaunchHandle? seen = null;
        server = LaunchedServer.For(TestLaunch.UntilStopped).BeforeEachTest(async _ => seen = await server!.StartAsync());

        var handle = await server.StartAsync().Within();

        Assert.That(seen, Is.SameAs(handle));
        await server.DisposeAsync();
    }

    [Test]
    public async Task The_handle_of_a_server_that_is_not_prepared_for_the_test_throws_and_prepares_nothing()
    {
        await using var server = LaunchedServer.For(TestLaunch.UntilStopped).BeforeEachTest(handle =>
        {
            Prepared.Add(handle);
            return Task.CompletedTask;
        });
        var before = Prepared.Count;

        // Outside of the test, as by another test or by a set-up for several tests.
        Task start;
        using (ExecutionContext.SuppressFlow())
        {
            start = Task.Run(() => server.StartAsync());
        }

        await start.Within();
        Assert.That(() => server.Handle, Throws.TypeOf<LaunchException>().With.Message.Contains("is not prepared for this test").And.Message.Contains("Await StartAsync first"));
        Assert.That(Prepared, Has.Count.EqualTo(before));
        Assert.That(await server.StartAsync().Within(), Is.SameAs(server.Handle));
    }

    [Test]
    public async Task Several_preparations_run_in_their_order()
    {
        List<int> order = [];
        await using var server = LaunchedServer.For(TestLaunch.UntilStopped).BeforeEachTest(_ => AddAsync(1)).BeforeEachTest(_ => AddAsync(2));

        await server.StartAsync().Within();

        Assert.That(order, Is.EqualTo(new[] { 1, 2 }));

        async Task AddAsync(int number)
        {
            await Task.Yield();
            order.Add(number);
        }
    }

    [Test]
    public async Task A_preparation_that_fails_fails_each_call_of_its_test_and_leaves_the_server_running()
    {
        await using var server = LaunchedServer.For(TestLaunch.UntilStopped).BeforeEachTest(_ => throw new InvalidOperationException("No table."));

        for (var call = 0; call < 2; call++)
        {
            Assert.That(() => server.Start(), Throws.InvalidOperationException.With.Message.EqualTo("No table."));
        }

        Assert.That(() => server.BeforeEachTest(null!), Throws.ArgumentNullException);
    }
}
