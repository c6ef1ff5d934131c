#if NET
using System.Reflection;
using System.Runtime.Loader;

namespace SafeLaunch.Programs;

/// <summary>
/// Lets a program of another load context be found by its name while it runs, as ASP.NET Core looks for controllers, pages and static
/// web assets of an application.
/// </summary>
internal static class LoadContext
{
    /// <summary>Lets assemblies be loaded by name from the load context of a program until the result is disposed of. Null where that is the default.</summary>
    public static IDisposable? Enter(Assembly program) =>
        AssemblyLoadContext.GetLoadContext(program) is { } context && context != AssemblyLoadContext.Default ? context.EnterContextualReflection() : null;
}
#endif
