#if !NET
using System.Runtime.CompilerServices;

namespace SafeLaunch.Threading;

/// <summary>The stack of the current thread, whose overflow ends the process.</summary>
internal static class ExecutionStack
{
    /// <summary>Whether an average call still fits, by the runtime's own measure.</summary>
    public static bool HasRoom()
    {
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return true;
        }
        catch (InsufficientExecutionStackException)
        {
            return false;
        }
    }
}
#endif
