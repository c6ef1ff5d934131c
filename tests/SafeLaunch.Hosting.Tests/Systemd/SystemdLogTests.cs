using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting.Tests.InHost;

namespace SafeLaunch.Hosting.Tests.Systemd;

/// <summary>Messages that systemd does not get.</summary>
[Platform("Linux")]
[NonParallelizable]
public sealed class SystemdLogTests
{
    private const string Variable = "NOTIFY_SOCKET";

    [SetUp]
    public void SetVariable() => Environment.SetEnvironmentVariable(Variable, "/nowhere/socket");

    [TearDown]
    public void ClearVariable() => Environment.SetEnvironmentVariable(Variable, null);

    [Test]
    public async Task A_message_that_a_supervised_launch_cannot_send_is_logged()
    {
        using var log = new LogGate("SystemdNotTold");
        await using var handle = await Launcher.For(TestLaunch.UntilStopped, options => options.LoggerFactory = log)
            .Supervised().NotifySystemd().StartAsync().Within();

        await log.Reached;
        log.Open();
    }

    [Test]
    public async Task A_message_that_a_launch_without_a_log_cannot_send_is_logged_by_its_app_host()
    {
        using var log = new LogGate("SystemdNotTold");
        await using var handle = await Launcher.For(() =>
        {
            var builder = TestHosts.Builder();
            builder.Services.AddSingleton<ILoggerFactory>(log);
            using var host = builder.Build();
            host.Run();
        }).NotifySystemd().StartAsync().Within();

        await log.Reached;
        log.Open();
    }
}
