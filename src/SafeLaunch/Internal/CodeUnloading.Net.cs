#if NET
using System.Runtime.Loader;

namespace SafeLaunch.Internal;

/// <summary>The end of this copy of SafeLaunch, where a plugin has brought it into a load context that is unloaded.</summary>
internal static class CodeUnloading
{
    /// <summary>Calls the action when the unloading begins; never where this copy stays.</summary>
    public static void Register(Action action)
    {
        if (AssemblyLoadContext.GetLoadContext(typeof(CodeUnloading).Assembly) is { IsCollectible: true } context)
        {
            context.Unloading += _ => action();
        }
    }
}
#endif
