using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <summary>Where the web hosts of a launch listen, instead of at the addresses that their code asks for.</summary>
/// <param name="Urls">Valid addresses.</param>
/// <param name="AreGuarded">Whether the hosts are guarded where the options do not say it.</param>
/// <param name="Socket">The file of a Unix socket among the addresses that the launch takes care of; null if there is none.</param>
internal sealed record WebAddresses(string[] Urls, bool AreGuarded, UnixSocketFile? Socket)
{
    /// <param name="services">The services of a web host.</param>
    /// <param name="launch">The name of the launch.</param>
    public void AddTo(IServiceCollection services, string launch)
    {
        var earlierPort = LaunchScope.CurrentLaunch is { } current ? new EarlierPort(current.EarlierAddresses) : null;
        services.Insert(0, ServiceDescriptor.Transient<IStartupFilter>(_ => new AddressOverride(this.Urls, earlierPort)));
        if (this.Socket is { } file)
        {
            services.PostConfigure<SocketTransportOptions>(transport => file.AddTo(transport, launch));
        }
    }

    /// <summary>A program that builds a web host anew after the last one has stopped stays at its address.</summary>
    public static void OfferPortsAtEnd(LaunchContext context, IHost host)
    {
        Uri[] bound = [.. BoundAddress.AllOf(host.Services)];
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(() => context.OfferAgain(bound));
    }
}
