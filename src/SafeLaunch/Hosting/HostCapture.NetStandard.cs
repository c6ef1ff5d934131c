#if !NET
using System.Reflection;

namespace SafeLaunch.Hosting;

/// <content>What .NET Standard needs for it.</content>
internal static partial class HostCapture
{
    public static bool IsPossible => true;

    private static FieldInfo[] OwnFieldsOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
}
#endif
