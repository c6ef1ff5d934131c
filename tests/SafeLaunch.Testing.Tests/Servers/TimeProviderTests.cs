using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace SafeLaunch.Testing.Tests.Servers;

/// <summary>A clock for one server alone.</summary>
public sealed class TimeProviderTests
{
    [Test]
    public async Task Each_server_has_the_clock_that_its_options_name()
    {
        var early = new FakeTimeProvider();
        var late = new FakeTimeProvider();
        await using var first = LaunchedServer.For(RunHost, options => options.UseTimeProvider(early));
        await using var second = LaunchedServer.For(RunHost, options => options.UseTimeProvider(late));
        await Task.WhenAll(first.StartAsync(), second.StartAsync()).Within();

        Assert.That(first.Services.GetServices<TimeProvider>(), Is.EqualTo(new[] { early }), "the app's own is replaced");
        Assert.That(second.Services.GetServices<TimeProvider>(), Is.EqualTo(new[] { late }));
    }

    [Test]
    public void UseTimeProvider_refuses_bad_arguments()
    {
        Assert.That(() => new LaunchOptions().UseTimeProvider(null!), Throws.ArgumentNullException);
        Assert.That(() => TestLaunchOptionsExtensions.UseTimeProvider(null!, TimeProvider.System), Throws.ArgumentNullException);
    }

    private static void RunHost()
    {
        var builder = TestHosts.Builder();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Build().Run();
    }
}
