using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace SafeLaunch.TestKit;

/// <summary>The text that a debugger shows for an object, by its <see cref="DebuggerDisplayAttribute"/>: members, calls without arguments, and paths of them.</summary>
internal static class DebuggerText
{
    private const BindingFlags AnyMember = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static string Of(object shown) => Regex.Replace(
        shown.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()!.Value,
        @"\{(?<path>[^{},]+)(?<unquoted>,nq)?\}",
        expression => Show(Evaluate(shown, expression.Groups["path"].Value), expression.Groups["unquoted"].Success),
        RegexOptions.ExplicitCapture,
        Gate.Patience);

    private static object? Evaluate(object shown, string path)
    {
        object? value = shown;
        foreach (var step in path.Split('.'))
        {
            value = value is null ? null : Member(value, step.TrimEnd('?'));
        }

        return value;
    }

    private static object? Member(object owner, string name)
    {
        var type = owner.GetType();
        if (name.EndsWith("()", StringComparison.Ordinal))
        {
            return type.GetMethod(name.Substring(0, name.Length - 2), AnyMember, binder: null, Type.EmptyTypes, modifiers: null)!.Invoke(owner, parameters: null);
        }

        return type.GetProperty(name, AnyMember) is { } property ? property.GetValue(owner) : type.GetField(name, AnyMember)!.GetValue(owner);
    }

    private static string Show(object? value, bool isUnquoted) => value switch
    {
        null => "null",
        string text when !isUnquoted => $"\"{text}\"",
        _ when value.GetType().IsDefined(typeof(DebuggerDisplayAttribute), inherit: false) => Of(value),
        _ => value.ToString()!,
    };
}
