using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.NUnit.Tests;

/// <summary>What a server leaves behind in NUnit: nothing.</summary>
public sealed class NothingLeaksTests
{
    private static readonly AsyncLocal<string?> OfTheTest = new();
    private static readonly AsyncLocal<string?> OfTheServer = new();

    private readonly LaunchedServer server = LaunchedServer.For<Program>(options => options.OnAppHostStarted((_, _) => OfTheServer.Value = "server"));

    [OneTimeSetUp]
    public void Start()
    {
        var context = SynchronizationContext.Current;
        var flow = ExecutionContext.Capture();

        this.server.Start();

        Assert.That(SynchronizationContext.Current, Is.SameAs(context));
        Assert.That(ExecutionContext.Capture(), Is.SameAs(flow), "something flows out of the server");
    }

    [OneTimeTearDown]
    public async Task Stop() => await this.server.DisposeAsync();

    [Test]
    public void A_test_that_uses_the_server_keeps_its_own_context_and_flow()
    {
        var context = SynchronizationContext.Current;
        var flow = ExecutionContext.Capture();

        using var client = this.server.CreateClient();
        this.server.Start();

        Assert.That(SynchronizationContext.Current, Is.SameAs(context));
        Assert.That(context?.GetType().Assembly, Is.Null.Or.Not.EqualTo(typeof(Launcher).Assembly));
        Assert.That(ExecutionContext.Capture(), Is.SameAs(flow));
        Assert.That(OfTheServer.Value, Is.Null);
    }

    [Test]
    public async Task An_asynchronous_test_goes_on_where_it_was()
    {
        var context = SynchronizationContext.Current;

        await this.server.StartAsync();
        using var client = this.server.CreateClient();
        await client.GetStringAsync("/");

        Assert.That(SynchronizationContext.Current, Is.SameAs(context));
        Assert.That(Thread.CurrentThread.Name, Is.Not.EqualTo("ShopProgram"));
        Assert.That(OfTheServer.Value, Is.Null);
    }

    [Test]
    public async Task A_test_that_stops_a_server_keeps_its_own_context_and_flow()
    {
        var fresh = LaunchedServer.For<Program>();
        await fresh.StartAsync();
        var context = SynchronizationContext.Current;
        var flow = ExecutionContext.Capture();

        var stop = fresh.DisposeAsync();
        Assert.That(SynchronizationContext.Current, Is.SameAs(context));
        Assert.That(ExecutionContext.Capture(), Is.SameAs(flow));
        await stop;

        Assert.That(SynchronizationContext.Current, Is.SameAs(context));
    }

    [Test]
    public async Task Nothing_ambient_of_a_test_reaches_the_server()
    {
        OfTheTest.Value = "test";
        string? seen = "nothing yet";

        await using var fresh = LaunchedServer.For(() => seen = OfTheTest.Value);
        await fresh.StartAsync().Within();

        Assert.That(seen, Is.Null);
    }

    [Test]
    public void The_signals_of_the_console_stay_with_the_runner() =>
        Assert.That(this.server.Services.GetRequiredService<IHostLifetime>().GetType().Name, Is.EqualTo("SilentLifetime"));

    [Test]
    public async Task The_clients_of_a_server_are_disposed_of_with_the_server()
    {
        var fresh = LaunchedServer.For<Program>();
        using var client = fresh.CreateClient();
        await fresh.DisposeAsync();

        Assert.That(() => client.GetStringAsync("/").Within(), Throws.InstanceOf<ObjectDisposedException>());
    }
}
