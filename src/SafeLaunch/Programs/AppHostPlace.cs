#if NET
using System.Diagnostics.CodeAnalysis;
#endif
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Programs;

/// <summary>Puts the app hosts of a program where its arguments say, and warns of a host that is elsewhere.</summary>
internal sealed class AppHostPlace(ProgramArguments arguments)
{
    private int hasWarned;

    /// <summary>The options of a launch of this program, copied.</summary>
    /// <exception cref="ArgumentException">One of the options is not valid.</exception>
#if NET
    [RequiresUnreferencedCode("The static web assets of a program are found by reflection.")]
#endif
    public static LaunchOptions Validated(ProgramOptions options, ProgramArguments arguments, string parameter)
    {
        var copy = options.Validated(parameter);
        foreach (var key in options.Configuration.Keys.Where(arguments.IsOwn))
        {
            copy.Configuration.Remove(key);
        }

        return copy
            .AddAppHostConfiguration(host => StaticWebAssets.AddTo(host, arguments.Program))
            .AddAppHostConfiguration(host => StaticAssetManifest.AddTo(host, arguments.Program, arguments.Location))
            .AddAppHostStarted(new AppHostPlace(arguments).Check);
    }

    private void Check(LaunchContext context, IHost host)
    {
        if (host.Services.GetService<IHostEnvironment>() is { } environment
            && !this.IsPlaced(environment)
            && Interlocked.Exchange(ref this.hasWarned, 1) == 0)
        {
            context.LoggerFor(host).HostIsElsewhere(context.Name, arguments.Program, environment.ApplicationName, environment.ContentRootPath, arguments.ApplicationName, arguments.ContentRoot);
        }
    }

    private bool IsPlaced(IHostEnvironment environment) =>
        (arguments.ApplicationName is not { } name || string.Equals(environment.ApplicationName, name, StringComparison.Ordinal))
        && (arguments.ContentRoot is not { } folder || string.Equals(Normal(environment.ContentRootPath), Normal(folder), StringComparison.Ordinal));

    private static string Normal(string folder) => Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
}
