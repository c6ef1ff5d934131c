#if NET
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Programs;

/// <summary>
/// Lets <c>MapStaticAssets</c> find its manifest beside a program that does not lie in the folder of the process, where ASP.NET Core looks
/// for it by the name of the application.
/// </summary>
/// <remarks>ASP.NET Core is called by reflection, since not every program has it.</remarks>
internal static class StaticAssetManifest
{
    private const string EnvironmentType = "Microsoft.AspNetCore.Hosting.IWebHostEnvironment";

    /// <param name="builder">The builder of an app host.</param>
    /// <param name="program">The name of the program.</param>
    /// <param name="location">The path of its assembly; empty if it has none.</param>
    [RequiresUnreferencedCode("The environment is called by reflection.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Guarded by IsDynamicCodeSupported, which the analyzer knows from .NET 9 on.")]
    public static void AddTo(IHostBuilder builder, string program, string location)
    {
        var folder = Path.GetDirectoryName(location) ?? AppContext.BaseDirectory;
        if (Path.GetRelativePath(AppContext.BaseDirectory, folder) is "." || !File.Exists(Path.Combine(folder, program + ".staticwebassets.endpoints.json")))
        {
            return;
        }

        // A condition for itself: the compiler of native code drops what follows, and with it the proxies, which it cannot make.
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            builder.ConfigureServices(services => Replace(services, Path.Combine(folder, program)));
        }
    }

    [RequiresUnreferencedCode("The environment is called by reflection.")]
    [RequiresDynamicCode("The type of the environment is made at run time.")]
    private static void Replace(IServiceCollection services, string nameWithFolder)
    {
        var descriptor = services.LastOrDefault(service => string.Equals(service.ServiceType.FullName, EnvironmentType, StringComparison.Ordinal));
        if (descriptor is { IsKeyedService: false, ImplementationInstance: IHostEnvironment environment })
        {
            services.Add(new(descriptor.ServiceType, WebEnvironment.Around(environment, descriptor.ServiceType, nameWithFolder)));
        }
    }
}
#endif
