using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch;

/// <summary>The addresses of a web server: what may be asked of it, and what it has bound.</summary>
internal static class BoundAddress
{
    /// <summary>None where the host has no web server.</summary>
    public static IEnumerable<Uri> AllOf(IServiceProvider services) =>
        services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>() is { } feature
            ? feature.Addresses.Select(Dialable).OfType<Uri>()
            : [];

    public static void ThrowIfInvalid(string? url, string parameter)
    {
        try
        {
            if (!IsBindable(BindingAddress.Parse(url!)))
            {
                throw new FormatException("It is neither an http nor an https address, or has no such host or port.");
            }
        }
        catch (Exception e) when (e is FormatException or NullReferenceException)
        {
            throw new ArgumentException($"'{url}' is no http or https address that a web server can bind.", parameter, e);
        }
    }

    /// <summary>What does not read as a port is taken for a part of the host, and an unknown host for all interfaces.</summary>
    private static bool IsBindable(BindingAddress address) =>
        address.Scheme is "http" or "https"
        && (address.IsUnixPipe || address.IsNamedPipe
            || (address.Port is >= 0 and <= 65535 && (address.Host.StartsWith('[') || !address.Host.Contains(':', StringComparison.Ordinal))));

    /// <summary>The address by which this machine reaches what is bound; null where no address does.</summary>
    private static Uri? Dialable(string bound)
    {
        var address = BindingAddress.Parse(bound);
        if (address.IsUnixPipe || address.IsNamedPipe)
        {
            return null;
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
