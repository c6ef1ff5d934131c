using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace SafeLaunch.Testing.Tests.Snippets;

[Parallelizable(ParallelScope.All)]
public sealed class PerTest
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(options =>
    {
        options.Configuration["Table"] = LaunchedServer.IsolatedName("orders");
        options.UseTimeProvider(new FakeTimeProvider());
    }).PerTest();

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [TestCase(1)]
    [TestCase(2)]
    public async Task Each_test_has_a_clock(int days)
    {
        var handle = await Server.StartAsync();
        var time = (FakeTimeProvider)handle.Services.GetRequiredService<TimeProvider>();
        time.Advance(TimeSpan.FromDays(days));

        Assert.That(time.GetUtcNow(), Is.EqualTo(new FakeTimeProvider().GetUtcNow().AddDays(days)));
    }
}
