using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SafeLaunch.Legacy;

[assembly: HostingStartup(typeof(LegacyHosting))]

namespace SafeLaunch.Legacy;

/// <summary>
/// Lets launches detect the legacy <see cref="WebHostBuilder"/>: it raises the events of a generic host for it. Called by each web host
/// builder that is asked to load this assembly; the generic host raises the events itself.
/// </summary>
internal sealed class LegacyHosting : IHostingStartup
{
    private const string ListenerName = "Microsoft.Extensions.Hosting";

    public void Configure(IWebHostBuilder builder)
    {
#pragma warning disable ASPDEPR004 // Old programs still build their host by it.
        if (builder is WebHostBuilder)
#pragma warning restore ASPDEPR004
        {
            var adapter = new LegacyHostBuilder(builder);
            Raise("HostBuilding", adapter);

            // Nothing listens outside of launches.
            if (adapter.IsUsed)
            {
                var announcement = new LegacyAnnouncement();
                builder.ConfigureServices(services =>
                {
                    services.AddSingleton<LegacyStop>();
                    services.AddHostedService(provider => provider.GetRequiredService<LegacyStop>());
                    services.AddSingleton(announcement);
                    services.AddTransient<IStartupFilter, LegacyStart>();
                    LegacyProviderFactory.Decorate(services, announcement);
                });
            }
        }
    }

    public static void Raise(string name, object payload)
    {
        using var listener = new DiagnosticListener(ListenerName);
        if (listener.IsEnabled(name))
        {
            Write(listener, name, payload);
        }
    }

    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The launch that listens takes the payload as the object that it is.")]
    private static void Write(DiagnosticListener listener, string name, object payload) => listener.Write(name, payload);
}
