#if !NET
namespace SafeLaunch.Internal;

/// <summary>The end of this copy of SafeLaunch, where a plugin has brought it into a load context that is unloaded.</summary>
internal static class CodeUnloading
{
    /// <summary>Calls the action when the unloading begins; never where this copy stays. .NET Standard does not know load contexts, but .NET, which may run it, does.</summary>
    public static void Register(Action action)
    {
        if (Type.GetType("System.Runtime.Loader.AssemblyLoadContext, System.Runtime.Loader") is not { } type
            || type.GetMethod("GetLoadContext")?.Invoke(null, [typeof(CodeUnloading).Assembly]) is not { } context
            || type.GetProperty("IsCollectible")?.GetValue(context) is not true
            || type.GetEvent("Unloading") is not { EventHandlerType: { } handler } unloading)
        {
            return;
        }

        Action<object> onUnloading = _ => action();
        unloading.AddEventHandler(context, Delegate.CreateDelegate(handler, onUnloading.Target, onUnloading.Method));
    }
}
#endif
