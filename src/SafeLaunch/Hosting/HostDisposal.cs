using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>Whether a host is disposed of, which no host reports by itself.</summary>
internal static class HostDisposal
{
    public static bool HasHappened(IHost host)
    {
        try
        {
            _ = host.Services.GetService<IHostApplicationLifetime>();
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
