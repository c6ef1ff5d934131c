using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>
/// The hosted services that a host has constructed, read from the host itself. Its container would construct services that are
/// registered as transient a second time.
/// </summary>
internal static partial class HostedServices
{
    private const string HostTypeName = "Microsoft.Extensions.Hosting.Internal.Host";
    private const string FieldName = "_hostedServices";

    /// <summary>Null before the start of the host has come so far, and for a host of another type.</summary>
    public static IReadOnlyList<IHostedService>? Of(IHost host) =>
        FindField(host.GetType())?.GetValue(host) is IEnumerable<IHostedService> services ? [.. services] : null;

    /// <summary>The generic host behind a facade such as WebApplication; the host itself where there is none.</summary>
    /// <exception cref="ObjectDisposedException">The host is disposed of.</exception>
    public static IHost Unwrap(IHost host) => host.Services.GetService<IHost>() ?? host;
}
