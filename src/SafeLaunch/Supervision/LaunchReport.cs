using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Supervision;

/// <summary>All that is known of a launch at this moment, as text for an issue.</summary>
internal static class LaunchReport
{
    private static readonly string Versions =
        $"SafeLaunch {typeof(LaunchReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}";

    public static string Of(ILaunch launch)
    {
        var text = new StringBuilder();
        Add("Launch", launch.Name);
        Add("Versions", Versions);
        Add("State", $"{launch.State}, since {Format(launch.Since)}");
        Add("Thread", launch.ThreadActivity ?? "none");
        Add("Queue", launch.QueueLength.ToString(CultureInfo.InvariantCulture));
        Add("Addresses", Join(launch.Addresses.Select(AddressForPeople)));
        Add("App hosts", Join(launch.Hosts.Select(Describe)));
        foreach (var run in launch.EarlierRuns)
        {
            Add("Earlier run", run.ToString());
        }

        if (launch.Completion.IsCompleted)
        {
            var outcome = launch.Completion.GetAwaiter().GetResult();
            Add("Outcome", $"{outcome.Kind}: {outcome.Reason}");
            Add("Exception", outcome.Exception?.ToString() ?? "none");
        }

        Add("Log", launch.LogTail is { IsOpen: true } ? "" : $"not kept; set {nameof(LaunchOptions.KeepLogLines)} of the options");
        foreach (var line in launch.LogTail?.After(0) ?? [])
        {
            text.AppendLine($"  {Format(line.Time)} {line.Level} {line.Category}: {line.Text}");
        }

        return text.ToString();

        void Add(string key, string value) => text.AppendLine($"{key}: {value}".TrimEnd());
    }

    // A person pastes the report where others read it: it has no user name, no password and no query, which may be a key.
    private static string AddressForPeople(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    // Its services are code of the app, and may be disposed of at any moment.
    private static string Describe(IHost host)
    {
        try
        {
            return host.Services.GetService<IHostEnvironment>() is { } environment ? $"{environment.ApplicationName} ({environment.EnvironmentName})" : host.GetType().Name;
        }
        catch (Exception e)
        {
            return $"{host.GetType().Name} ({e.GetType().Name})";
        }
    }

    private static string Join(IEnumerable<string> parts) => parts.ToArray() is { Length: > 0 } all ? string.Join(", ", all) : "none";

    private static string Format(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture);
}
