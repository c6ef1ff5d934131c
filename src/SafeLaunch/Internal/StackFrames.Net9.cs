#if NET9_0_OR_GREATER
using System.Diagnostics;

namespace SafeLaunch.Internal;

/// <summary>Names the method of a stack frame, also in a trimmed program and in native code.</summary>
internal static class StackFrames
{
    /// <returns>The full name of the declaring type and the name of the method; null and "" where the frame has none.</returns>
    public static (string? Type, string Method) Describe(StackFrame frame)
    {
        var method = DiagnosticMethodInfo.Create(frame);
        return (method?.DeclaringTypeName, method?.Name ?? "");
    }
}
#endif
