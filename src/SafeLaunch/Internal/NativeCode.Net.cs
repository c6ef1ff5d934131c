#if NET
using System.Runtime.CompilerServices;

namespace SafeLaunch.Internal;

internal static class NativeCode
{
    /// <summary>
    /// Whether this program is native code. A file-based app has all switches of native code, by the first of which most code decides that,
    /// but only a runtime with a compiler has a list of assemblies that it may load.
    /// </summary>
    public static bool IsRunning => !RuntimeFeature.IsDynamicCodeSupported && AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is null;
}
#endif
