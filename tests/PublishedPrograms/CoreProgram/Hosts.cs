using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch;
using SafeLaunch.PublishedPrograms;

namespace CoreProgram;

/// <summary>Hosts are noticed, and hosted services are served, the own host's included.</summary>
internal static class Hosts
{
    private const string Key = "laid-over";

    public static async Task CheckAsync(WarningLog log)
    {
        var options = new LaunchOptions
        {
            Name = "hosts",
            LoggerFactory = log,
            ConfigureHost = own => own.Services.AddHostedService<YieldingService>(),
            Configuration = { [Key] = "seen" },
        };
        using var handle = await Launcher.StartAsync(
            () =>
            {
                var builder = Host.CreateApplicationBuilder();
                builder.Services.AddHostedService<YieldingService>();
                builder.Build().Run();
            },
            options);

        Checked.That(handle.Hosts.Count == 1, "a host that the delegate builds is noticed");
        Checked.That(YieldingService.StartedOn.SequenceEqual(["hosts", "hosts"]), "a service that awaits goes on on the launch thread");
        var seen = handle.Hosts[0].Services.GetRequiredService<IConfiguration>()[Key];
        Checked.That(seen is "seen", "configuration is laid over a host");
        var outcome = handle.Stop();
        Checked.That(outcome.Kind == LaunchOutcomeKind.Stopped, $"a host that is stopped is so: {outcome}");

        CheckCaptured((host, options) => new(() => host.Run(), options), isNoticed: RuntimeFeature.IsDynamicCodeSupported, "a host that the delegate has captured");
        CheckCaptured((host, options) => new(host.Run, options), isNoticed: true, "a host whose method is the delegate");
    }

    /// <summary>A host that is not detected is at least reported.</summary>
    private static void CheckCaptured(Func<IHost, LaunchOptions, Launcher> launcher, bool isNoticed, string which)
    {
        var shortly = TimeSpan.FromSeconds(1);
        var options = new LaunchOptions { StopTimeout = shortly };
        if (!isNoticed)
        {
            options.StartTimeout = shortly;
        }

        using var host = new HostBuilder().Build();
        try
        {
            using var handle = launcher(host, options).Start();
            Checked.That(isNoticed && handle.Hosts.Count == 1, $"{which} is noticed");
        }
        catch (LaunchTimeoutException e)
        {
            Checked.That(!isNoticed && e.Message.Contains("native code", StringComparison.Ordinal), $"{which} is not noticed, which is said: {e.Message}");
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
