#if !NET
using System.Reflection;

namespace SafeLaunch.Programs;

/// <summary>.NET Standard has no load contexts.</summary>
internal static class LoadContext
{
    public static IDisposable? Enter(Assembly program)
    {
        _ = program;
        return null;
    }
}
#endif
