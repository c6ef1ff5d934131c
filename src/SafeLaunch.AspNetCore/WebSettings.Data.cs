using SafeLaunch.Guarding;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <content>The settings as data, for a launch that runs in another process.</content>
internal sealed partial class WebSettings : IDataPart
{
    private const char Separator = '\n';

    private const string ReportsAddressesEntry = "reportsAddresses";
    private const string TokenEntry = "token";
    private const string UrlsEntry = "urls";
    private const string SocketEntry = "socket";
    private const string IsGuardedByDefaultEntry = "isGuardedByDefault";
    private const string IsGuardedEntry = "isGuarded";

    /// <summary>Adds the settings of another process to the options. <c>SafeLaunch.Processes</c> finds it by its name.</summary>
    public static void AddTo(LaunchOptions options, IReadOnlyDictionary<string, string> data)
    {
        var settings = Of(options);
        if (data.ContainsKey(ReportsAddressesEntry))
        {
            options.ReportAddresses();
        }

        if (data.TryGetValue(TokenEntry, out var text))
        {
            settings.guard = settings.guard with { Token = new(AccessToken.From(text)) };
        }

        // The only entry of a process that has no ASP.NET Core itself.
        if (data.ContainsKey(nameof(WebLaunchOptionsExtensions.UseLoopback)))
        {
            options.UseLoopback();
        }

        if (ListIn(data, UrlsEntry) is { Length: > 0 } urls)
        {
            var file = data.TryGetValue(SocketEntry, out var path) ? UnixSocketFile.At(path, nameof(data)) : null;
            options.ListenOn(urls, data.ContainsKey(IsGuardedByDefaultEntry), file);
        }

        if (data.TryGetValue(IsGuardedEntry, out var isGuarded))
        {
            settings.Guard(guard => Read(data, guard));
            if (!bool.Parse(isGuarded))
            {
                settings.AllowAnyAccess();
            }
        }
    }

    public IReadOnlyDictionary<string, string> ToData()
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        Set(ReportsAddressesEntry, this.reportsAddresses ? "" : null);
        Set(TokenEntry, this.guard.Token.Value.Text);
        Set(UrlsEntry, this.addresses is null ? null : Join(this.addresses.Urls));
        Set(SocketEntry, this.addresses?.Socket?.FilePath);
        Set(IsGuardedByDefaultEntry, this.addresses is { AreGuarded: true } ? "" : null);
        Set(IsGuardedEntry, this.guard.IsWanted?.ToString());
        var ofGuard = this.guard.Options;
        Set(nameof(ofGuard.AllowedHosts), Join(ofGuard.AllowedHosts));
        Set(nameof(ofGuard.AllowedOrigins), Join(ofGuard.AllowedOrigins));
        Set(nameof(ofGuard.Exempt), Join(ofGuard.Exempt));
        Set(nameof(ofGuard.RequireToken), ofGuard.RequireToken ? "" : null);
        return data;

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                data.Add(name, value);
            }
        }
    }

    private static void Read(IReadOnlyDictionary<string, string> data, AccessGuardOptions guard)
    {
        AddAll(guard.AllowedHosts, nameof(guard.AllowedHosts));
        AddAll(guard.AllowedOrigins, nameof(guard.AllowedOrigins));
        AddAll(guard.Exempt, nameof(guard.Exempt));
        guard.RequireToken = data.ContainsKey(nameof(guard.RequireToken));

        void AddAll(IList<string> values, string name)
        {
            foreach (var value in ListIn(data, name))
            {
                values.Add(value);
            }
        }
    }

    private static string Join(IEnumerable<string> values) => string.Join(Separator, values);

    private static string[] ListIn(IReadOnlyDictionary<string, string> data, string name) =>
        data.TryGetValue(name, out var values) ? values.Split(Separator, StringSplitOptions.RemoveEmptyEntries) : [];
}
