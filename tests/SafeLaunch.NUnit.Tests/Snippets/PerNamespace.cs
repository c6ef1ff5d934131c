namespace SafeLaunch.NUnit.Tests.Snippets.PerNamespace;

[SetUpFixture]
public sealed class Shop
{
    public static LaunchedServer Server { get; } = LaunchedServer.For<Program>();

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();
}

public sealed class FirstTests
{
    [Test]
    public async Task All_fixtures_of_the_namespace_use_one_launch() => await TheOnlyLaunch.IsAsync(Shop.Server);
}

public sealed class SecondTests
{
    [Test]
    public async Task All_fixtures_of_the_namespace_use_one_launch() => await TheOnlyLaunch.IsAsync(Shop.Server);
}

internal static class TheOnlyLaunch
{
    private static LaunchHandle? seen;

    public static async Task IsAsync(LaunchedServer server)
    {
        var handle = await server.StartAsync();
        Assert.That(Interlocked.CompareExchange(ref seen, handle, comparand: null) ?? handle, Is.SameAs(handle));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }
}
