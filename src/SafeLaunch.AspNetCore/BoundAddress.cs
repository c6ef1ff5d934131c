using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch;

/// <summary>The addresses that a web server has bound, as this machine reaches them.</summary>
internal static class BoundAddress
{
    /// <summary>None where the host has no web server.</summary>
    public static IEnumerable<Uri> AllOf(IServiceProvider services) =>
        services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>() is { } feature
            ? feature.Addresses.Select(Dialable).OfType<Uri>()
            : [];

    /// <summary>Null where no address does.</summary>
    private static Uri? Dialable(string bound)
    {
        var address = BindingAddress.Parse(bound);
        if (address.IsNamedPipe)
        {
            return null;
        }

        if (address.IsUnixPipe)
        {
            return new(bound);
        }

        var host = address.Host switch
        {
            "0.0.0.0" => "127.0.0.1",
            "[::]" or "*" or "+" => "localhost",
            var named => named,
        };
        return new UriBuilder(address.Scheme, host, address.Port, address.PathBase).Uri;
    }
}
