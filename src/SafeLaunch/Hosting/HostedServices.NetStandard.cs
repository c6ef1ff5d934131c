#if !NET
using System.Reflection;

namespace SafeLaunch.Hosting;

/// <content>The field.</content>
internal static partial class HostedServices
{
    private static FieldInfo? FindField(Type type) =>
        type.FullName is HostTypeName ? type.GetField(FieldName, BindingFlags.Instance | BindingFlags.NonPublic) : null;
}
#endif
