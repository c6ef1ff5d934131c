using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Hosting;

namespace SafeLaunch.Legacy;

/// <summary>
/// Stops the hosted services of a legacy web host by the object that has started them. The container would construct services that
/// are registered as transient a second time.
/// </summary>
internal static class LegacyServices
{
    private const string Executor = "Microsoft.AspNetCore.Hosting.HostedServiceExecutor";

    [DynamicDependency("StopAsync", Executor, "Microsoft.AspNetCore.Hosting")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The type and its method are kept by the attribute above.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The type and its method are kept by the attribute above.")]
    public static Task StopAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        typeof(WebHostBuilderExtensions).Assembly.GetType(Executor) is { } type
        && services.GetService(type) is { } executor
        && type.GetMethod("StopAsync")?.Invoke(executor, [cancellationToken]) is Task stop
            ? stop
            : Task.CompletedTask;
}
