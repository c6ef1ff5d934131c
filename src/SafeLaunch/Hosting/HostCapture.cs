using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>Finds the hosts that a delegate captures, such as <c>app</c> in <c>() => app.Run()</c>. They were built before the launch.</summary>
internal static partial class HostCapture
{
    /// <summary>The compiler's names for the fields that lead from one closure to another, and to the object that made it.</summary>
    private static readonly string[] LinkPrefixes = ["CS$<>8__locals", "<>4__this"];

    public static IReadOnlyList<IHost> FindIn(Delegate launch) => [.. FindIn(launch.Target).Distinct()];

    private static IEnumerable<IHost> FindIn(object? target)
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
            return FindIn(field.GetValue(target));
        }

        return MayHoldHost(field) && field.GetValue(target) is IHost host ? [host] : [];
    }

    /// <summary>With the private fields of its base types.</summary>
    private static IEnumerable<FieldInfo> FieldsOf(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var field in OwnFieldsOf(type))
            {
                yield return field;
            }
        }
    }

    private static bool MayHoldHost(FieldInfo field)
    {
        try
        {
            return typeof(IHost).IsAssignableFrom(field.FieldType);
        }
        catch (Exception e) when (e is IOException or TypeLoadException or BadImageFormatException)
        {
            // The assembly of its type is not there, so no code has put anything into it.
            return false;
        }
    }
}
