#if NET
using System.Diagnostics.CodeAnalysis;
#endif
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Programs;

/// <summary>
/// Lets a web program find its static files where a build has left them: in the folders of its project and its packages, by the
/// manifest beside its assembly. ASP.NET Core does so by itself in the environment Development only; in others, CSS would come empty.
/// A published program has no such manifest, and is left as it is.
/// </summary>
/// <remarks>ASP.NET Core is called by reflection, since not every program has it.</remarks>
internal static class StaticWebAssets
{
    private const string EnvironmentType = "Microsoft.AspNetCore.Hosting.IWebHostEnvironment";
    private const string LoaderType = "Microsoft.AspNetCore.Hosting.StaticWebAssets.StaticWebAssetsLoader";

    /// <param name="builder">The builder of an app host.</param>
    /// <param name="program">The name of the program. A host that has another name would load another assembly.</param>
#if NET
    [RequiresUnreferencedCode("ASP.NET Core is called by reflection.")]
#endif
    public static void AddTo(IHostBuilder builder, string program) => builder.ConfigureServices((context, services) =>
    {
        var descriptor = services.LastOrDefault(service => string.Equals(service.ServiceType.FullName, EnvironmentType, StringComparison.Ordinal));
        if (descriptor is { IsKeyedService: false, ImplementationInstance: IHostEnvironment environment }
            && string.Equals(environment.ApplicationName, program, StringComparison.Ordinal)
            && descriptor.ServiceType.GetProperty("WebRootFileProvider")?.GetValue(environment) is PhysicalFileProvider or NullFileProvider)
        {
            environment.GetType().Assembly.GetType(LoaderType)?.GetMethod("UseStaticWebAssets")?.Invoke(obj: null, [environment, context.Configuration]);
        }
    });
}
