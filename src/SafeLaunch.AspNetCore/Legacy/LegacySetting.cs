using System.Runtime.Loader;
using Microsoft.AspNetCore.Hosting;

namespace SafeLaunch.Legacy;

/// <summary>
/// Lets the web hosts of launches load <see cref="LegacyHosting"/>: a program by an argument, a delegate by an environment variable,
/// which a legacy web host builder reads when it is made.
/// </summary>
internal static class LegacySetting
{
    private const string Variable = "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES";

    private static readonly object Gate = new();
    private static readonly string AssemblyName = typeof(LegacySetting).Assembly.GetName().Name!;
    private static int users;

    /// <summary>A web host loads it by its name, where the shared framework is loaded; otherwise it would log an error.</summary>
    private static bool IsLoadable => AssemblyLoadContext.GetLoadContext(typeof(LegacySetting).Assembly) == AssemblyLoadContext.Default;

    /// <summary>By the variable alone: changes nothing in a host, and so works for a host that was built before the launch.</summary>
    public static void AddVariableTo(LaunchOptions options)
    {
        if (IsLoadable)
        {
            options.WhileStarting(static () => new Use());
        }
    }

    /// <summary>By configuration, which programs are given as arguments.</summary>
    public static void AddArgumentTo(LaunchOptions options)
    {
        if (!IsLoadable)
        {
            return;
        }

        options.Configuration.TryGetValue(WebHostDefaults.HostingStartupAssembliesKey, out var others);
        options.Configuration[WebHostDefaults.HostingStartupAssembliesKey] = With(others);
    }

    private static string With(string? others) => string.Join(';', NamesIn(others).Append(AssemblyName).Distinct(StringComparer.OrdinalIgnoreCase));

    private static string? Without(string? others)
    {
        var left = NamesIn(others).Where(name => !name.Equals(AssemblyName, StringComparison.OrdinalIgnoreCase)).ToArray();
        return left.Length == 0 ? null : string.Join(';', left);
    }

    private static string[] NamesIn(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>While a launch starts. The process may change the variable meanwhile: only this one name comes and goes.</summary>
    private sealed class Use : IDisposable
    {
        private static bool wasThere;

        public Use()
        {
            lock (Gate)
            {
                if (users++ == 0)
                {
                    var others = Environment.GetEnvironmentVariable(Variable);
                    wasThere = NamesIn(others).Contains(AssemblyName, StringComparer.OrdinalIgnoreCase);
                    Environment.SetEnvironmentVariable(Variable, With(others));
                }
            }
        }

        public void Dispose()
        {
            lock (Gate)
            {
                if (--users == 0 && !wasThere)
                {
                    Environment.SetEnvironmentVariable(Variable, Without(Environment.GetEnvironmentVariable(Variable)));
                }
            }
        }
    }
}
