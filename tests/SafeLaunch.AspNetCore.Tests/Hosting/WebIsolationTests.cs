using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.AspNetCore.Tests.Hosting;

public sealed class WebIsolationTests
{
    [Test]
    public void The_environment_of_a_host_cannot_be_changed_any_longer()
    {
        Action<LaunchOptions> configure = options => options.ConfigureAppHost(host => host.UseEnvironment("Staging"));

        Assert.That(() => Launcher.For(() => WebHosts.With().Run(), configure).Start(), Throws.InstanceOf<NotSupportedException>());
    }

    [Test]
    public async Task Two_launches_of_the_same_app_run_side_by_side()
    {
        var services = new ConcurrentQueue<CountingService>();
        var launcher = Launcher.For(
            () =>
            {
                var service = new CountingService();
                services.Enqueue(service);
                WebHosts.With(service).Run();
            },
            options => options.UseLoopback());
        await using var first = await launcher.StartAsync().Within();
        await using var second = await launcher.StartAsync().Within();
        using var client = second.CreateClient();

        await first.StopAsync().Within();

        Assert.That(second.Address, Is.Not.EqualTo(first.Address));
        Assert.That(second.State, Is.EqualTo(LaunchState.Running));
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
        Assert.That(services.Select(service => service.Steps), Is.EqualTo(new[] { CountingService.OnceEach, CountingService.OnlyStarted }));
    }
}
