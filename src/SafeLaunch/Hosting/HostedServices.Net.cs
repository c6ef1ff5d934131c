#if NET
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SafeLaunch.Hosting;

/// <content>The field, which trimming is made to keep.</content>
internal static partial class HostedServices
{
    [DynamicDependency(FieldName, HostTypeName, "Microsoft.Extensions.Hosting")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The field of the one type that has it is kept by the attribute above.")]
    private static FieldInfo? FindField(Type type) =>
        type.FullName is HostTypeName ? type.GetField(FieldName, BindingFlags.Instance | BindingFlags.NonPublic) : null;
}
#endif
