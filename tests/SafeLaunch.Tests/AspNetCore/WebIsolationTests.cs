using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Tests.Hosting;

namespace SafeLaunch.Tests.AspNetCore;

public sealed class WebIsolationTests
{
    [Test]
    public void The_environment_of_a_host_cannot_be_changed_any_longer()
    {
        var options = new LaunchOptions().ConfigureAppHost(host => host.UseEnvironment("Staging"));

        Assert.That(() => Launcher.Start(() => WebHosts.With().Run(), options), Throws.InstanceOf<NotSupportedException>());
    }

    [Test]
    public async Task Two_launches_of_the_same_app_run_side_by_side()
    {
        var services = new ConcurrentQueue<CountingService>();
        var launcher = new Launcher(
            () =>
            {
                var service = new CountingService();
                services.Enqueue(service);
                WebHosts.With(service).Run();
            },
            new LaunchOptions().UseLoopback());
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
