using System.Reflection;
#if NET
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
#endif
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>The hosts that a delegate has taken hold of: those that <c>() => app.Run()</c> may run, built before the launch as they were.</summary>
internal static class CapturedHosts
{
    /// <summary>What the compiler calls the fields that lead from one closure to another, and to the object that it was made in.</summary>
    private static readonly string[] LinkPrefixes = ["CS$<>8__locals", "<>4__this"];

    /// <summary>Whether captured variables can be seen: native code has no description of them.</summary>
#if NET
    public static bool AreSeen => RuntimeFeature.IsDynamicCodeSupported;
#else
    public static bool AreSeen => true;
#endif

    public static IReadOnlyList<IHost> Of(Delegate launch) => [.. Find(launch.Target).Distinct()];

    private static IEnumerable<IHost> Find(object? target)
    {
        if (target is IHost host)
        {
            return [host];
        }

        return target is null ? [] : FieldsOf(target.GetType()).SelectMany(field => FindIn(field, target));
    }

    private static IEnumerable<IHost> FindIn(FieldInfo field, object target)
    {
        if (Array.Exists(LinkPrefixes, prefix => field.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return Find(field.GetValue(target));
        }

        return typeof(IHost).IsAssignableFrom(field.FieldType) && field.GetValue(target) is IHost host ? [host] : [];
    }

#if NET
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Trimming keeps the fields that a closure uses. Native code does not, and the message of the time-out says so.")]
#endif
    private static FieldInfo[] FieldsOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
}
