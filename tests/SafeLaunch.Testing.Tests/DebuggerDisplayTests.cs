namespace SafeLaunch.Testing.Tests;

/// <summary>The one line that a debugger shows for a server.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DebuggerDisplayTests
{
    [Test]
    public async Task A_debugger_shows_the_name_of_a_server_without_a_start_and_then_its_state_and_address()
    {
        await using var server = LaunchedServer.For(Serve, options => options.Name = "shop");
        Assert.That(DebuggerText.Of(server), Is.EqualTo("Server server: not started"));

        await server.StartAsync().Within();
        Assert.That(DebuggerText.Of(server), Is.EqualTo("Server shop: Running, http://localhost:5000/"));

        await server.DisposeAsync().AsTask().Within();
        Assert.That(DebuggerText.Of(server), Is.EqualTo("Server server: not started"));
    }

    [Test]
    public async Task A_debugger_shows_that_a_server_starts_and_that_its_start_failed()
    {
        var gate = Gate.NewSource();
        await using var server = LaunchedServer.For((Func<Task>)(() => gate.Task));
        var start = server.StartAsync();
        Assert.That(DebuggerText.Of(server), Is.EqualTo("Server server: starting"));

        gate.SetException(new InvalidOperationException("no database"));

        Assert.That(async () => await start.Within(), Throws.InvalidOperationException);
        Assert.That(DebuggerText.Of(server), Is.EqualTo("Server server: its start failed"));
    }

    [Test]
    public async Task A_debugger_shows_how_many_tests_have_a_server_of_their_test()
    {
        await using var server = LaunchedServer.For(Serve).PerTest();
        Assert.That(DebuggerText.Of(server), Is.EqualTo("Server per test server: 0 in use"));

        await server.StartAsync().Within();
        Assert.That(DebuggerText.Of(server), Is.EqualTo("Server per test server: 1 in use"));
    }

    private static void Serve(LaunchContext context)
    {
        context.SignalReady(new Uri("http://localhost:5000"));
        context.Stopping.WaitHandle.WaitOne();
    }
}
