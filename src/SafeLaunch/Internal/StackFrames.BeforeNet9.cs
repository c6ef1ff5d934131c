#if !NET9_0_OR_GREATER
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace SafeLaunch.Internal;

/// <summary>Names the method of a stack frame.</summary>
internal static class StackFrames
{
    /// <returns>The full name of the declaring type and the name of the method; null and "" where the frame has none.</returns>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A method that runs is there, and so are its name and its type.")]
    public static (string? Type, string Method) Describe(StackFrame frame)
    {
        var method = frame.GetMethod();
        return (method?.DeclaringType?.FullName, method?.Name ?? "");
    }
}
#endif
