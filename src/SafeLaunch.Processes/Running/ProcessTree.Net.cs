#if NET
using System.ComponentModel;
using System.Diagnostics;

namespace SafeLaunch.Running;

/// <summary>A process and all processes that it has started.</summary>
internal static class ProcessTree
{
    public static void Kill(Process root)
    {
        try
        {
            root.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile, or one of them has: there is nothing left to kill.
        }
    }
}
#endif
