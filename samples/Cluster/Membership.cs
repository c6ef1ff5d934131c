using System.Net;

namespace Cluster;

/// <summary>How the silos of a cluster find one another. This is what differs between one machine and several.</summary>
internal static class Membership
{
    /// <summary>On one machine: the first silo has the list of all, in its memory.</summary>
    public static Action<ISiloBuilder> OnThisMachine(SiloPorts ports, SiloPorts first) => silo =>
        silo.UseLocalhostClustering(ports.Silo, ports.Gateway, new IPEndPoint(IPAddress.Loopback, first.Silo));

    /// <summary>On any number of machines: a Redis server has the list.</summary>
    public static Action<ISiloBuilder> InRedis(SiloPorts ports, string redis, IPAddress address) => silo =>
        silo.UseRedisClustering(redis).ConfigureEndpoints(address, ports.Silo, ports.Gateway);
}
