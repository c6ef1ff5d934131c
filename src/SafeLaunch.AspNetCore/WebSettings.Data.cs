using SafeLaunch.Guarding;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <content>The settings as data, for a launch that runs in another process.</content>
internal sealed partial class WebSettings : IDataPart
{
    private const char Separator = '\n';

    /// <summary>Adds the settings of another process to the options. <c>SafeLaunch.Processes</c> finds it by its name.</summary>
    public static void AddTo(LaunchOptions options, IReadOnlyDictionary<string, string> data)
    {
        var settings = Of(options);
        if (data.ContainsKey(nameof(settings.reportsAddresses)))
        {
            options.ReportAddresses();
        }

        if (data.TryGetValue(nameof(settings.token), out var key))
        {
            settings.token = new(AccessToken.From(key));
        }

        // The only entry of a process that has no ASP.NET Core itself.
        if (data.ContainsKey(nameof(WebLaunchOptionsExtensions.UseLoopback)))
        {
            options.UseLoopback();
        }

        if (ListIn(data, nameof(settings.urls)) is { Length: > 0 } addresses)
        {
            var file = data.TryGetValue(nameof(settings.socket), out var path) ? UnixSocketFile.At(path, nameof(data)) : null;
            options.ListenOn(addresses, data.ContainsKey(nameof(settings.isGuardedByDefault)), file);
        }

        if (data.TryGetValue(nameof(settings.isGuarded), out var guarded))
        {
            settings.Guard(guard => Read(data, guard));
            if (!bool.Parse(guarded))
            {
                settings.AllowAnyAccess();
            }
        }
    }

    public IReadOnlyDictionary<string, string> ToData()
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        Set(nameof(this.reportsAddresses), this.reportsAddresses ? "" : null);
        Set(nameof(this.token), this.token.Value.Text);
        Set(nameof(this.urls), this.urls is null ? null : Join(this.urls));
        Set(nameof(this.socket), this.socket?.FilePath);
        Set(nameof(this.isGuardedByDefault), this.isGuardedByDefault ? "" : null);
        Set(nameof(this.isGuarded), this.isGuarded?.ToString());
        Set(nameof(AccessGuardOptions.AllowedHosts), Join(this.guard.AllowedHosts));
        Set(nameof(AccessGuardOptions.AllowedOrigins), Join(this.guard.AllowedOrigins));
        Set(nameof(AccessGuardOptions.Exempt), Join(this.guard.Exempt));
        Set(nameof(AccessGuardOptions.RequireToken), this.guard.RequireToken ? "" : null);
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
