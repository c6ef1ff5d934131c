#if NET
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SafeLaunch.Hosting;

/// <content>What .NET needs for it.</content>
internal static partial class HostCapture
{
    /// <summary>Whether captured variables can be found: native code has no description of them.</summary>
    public static bool IsPossible => !NativeCode.IsRunning;

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Trimming keeps the fields that a closure uses. Native code does not, and the message of the time-out says so.")]
    private static FieldInfo[] OwnFieldsOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
}
#endif
