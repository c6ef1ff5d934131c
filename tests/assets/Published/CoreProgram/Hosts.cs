using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch;
using Published;

namespace CoreProgram;

/// <summary>Hosts are detected, and hosted services are served, the launch host's included.</summary>
internal static class Hosts
{
    private const string Key = "overridden";

    public static async Task CheckAsync(WarningLog log)
    {
        Action<LaunchOptions> configure = options =>
        {
            options.Name = "hosts";
            options.LoggerFactory = log;
            options.ConfigureLaunchHost(own => own.Services.AddHostedService<YieldingService>());
            options.Configuration[Key] = "seen";
        };
        using var handle = await Launcher.For(
            () =>
            {
                var builder = Host.CreateApplicationBuilder();
                builder.Services.AddHostedService<YieldingService>();
                builder.Build().Run();
            },
            configure).StartAsync();

        Checked.That(handle.Hosts.Count == 1, "a host that the delegate builds is detected");
        Checked.That(YieldingService.StartedOn.SequenceEqual(["hosts", "hosts"]), "a service that awaits goes on on the launch thread");
        var seen = handle.Services.GetRequiredService<IConfiguration>()[Key];
        Checked.That(seen is "seen", "configuration overrides that of a host");
        var outcome = handle.Stop();
        Checked.That(outcome.Kind == LaunchOutcomeKind.Stopped, $"a host that is stopped is so: {outcome}");

        CheckCaptured((host, configure) => Launcher.For(() => host.Run(), configure), isDetected: RuntimeFeature.IsDynamicCodeSupported, "a host that the delegate has captured");
        CheckCaptured((host, configure) => Launcher.For(host.Run, configure), isDetected: true, "a host whose method is the delegate");
    }

    /// <summary>A host that is not detected is at least reported.</summary>
    private static void CheckCaptured(Func<IHost, Action<LaunchOptions>, Launcher> launcher, bool isDetected, string which)
    {
        var shortly = TimeSpan.FromSeconds(1);
        using var host = new HostBuilder().Build();
        try
        {
            using var handle = launcher(host, options =>
            {
                options.StopTimeout = shortly;
                options.StartTimeout = isDetected ? options.StartTimeout : shortly;
            }).Start();
            Checked.That(isDetected && handle.Hosts.Count == 1, $"{which} is detected");
        }
        catch (LaunchTimeoutException e)
        {
            Checked.That(!isDetected && e.Message.Contains("native code", StringComparison.Ordinal), $"{which} is not detected, which is said: {e.Message}");
        }
    }

    private sealed class YieldingService : IHostedService
    {
        public static List<string?> StartedOn { get; } = [];

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            StartedOn.Add(Thread.CurrentThread.Name);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
