#if NET
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Programs;

/// <summary>
/// The environment of a web host, which gives the static assets of ASP.NET Core the name of the application with its folder. They make the
/// path of their manifest of that name, and take the folder of the process only where the path has none.
/// </summary>
/// <remarks>
/// No other caller may see that name, since assemblies are loaded by it. The folder of the process would do too, but all launches share it.
/// </remarks>
[SuppressMessage("Performance", "CA1852", Justification = "A proxy derives from it.")]
internal class WebEnvironment : DispatchProxy
{
    private const string StaticAssets = "Microsoft.AspNetCore.StaticAssets";

    private IHostEnvironment environment = null!;
    private string nameWithFolder = "";

    [RequiresUnreferencedCode("The environment is called by reflection.")]
    [RequiresDynamicCode("The type of the proxy is made at run time.")]
    public static object Around(IHostEnvironment environment, Type type, string nameWithFolder)
    {
        // The type of the proxy is kept for good. Made in the load context of the program, it would keep that too.
        using var own = AssemblyLoadContext.GetLoadContext(typeof(WebEnvironment).Assembly)!.EnterContextualReflection();
        var proxy = Create(type, typeof(WebEnvironment));
        ((WebEnvironment)proxy).environment = environment;
        ((WebEnvironment)proxy).nameWithFolder = nameWithFolder;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name is "get_ApplicationName" && IsCalledByStaticAssets()
            ? this.nameWithFolder
            : targetMethod.Invoke(this.environment, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);

    /// <summary>The frames between are those of the proxy.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A frame without a method is of another caller.")]
    private static bool IsCalledByStaticAssets() => new StackTrace(skipFrames: 2, fNeedFileInfo: false).GetFrames()
        .Select(frame => frame.GetMethod()?.Module.Assembly)
        .FirstOrDefault(assembly => assembly is { IsDynamic: false } && assembly != typeof(WebEnvironment).Assembly && assembly != typeof(DispatchProxy).Assembly)
        ?.GetName().Name is StaticAssets;
}
#endif
