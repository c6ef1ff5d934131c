using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SafeLaunch.InHost;

/// <summary>Sets one option of a target by a key of the configuration.</summary>
/// <returns>What the value must be; null if it is so.</returns>
internal delegate string? OptionKey<in T>(T target, IConfigurationSection key);

/// <summary>The kinds of keys. They use no reflection, so that they work in a trimmed program.</summary>
internal static class OptionKey
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    public static OptionKey<T> Time<T>(Action<T, TimeSpan> set, bool positive = true, TimeSpan? atMost = null) => (target, key) =>
    {
        var longest = atMost ?? Longest;

        // TimeSpan would read a bare number as days.
        if (key.Value?.Contains(':', StringComparison.Ordinal) != true
            || !TimeSpan.TryParse(key.Value, CultureInfo.InvariantCulture, out var value)
            || value < TimeSpan.Zero || (positive && value == TimeSpan.Zero) || value > longest)
        {
            return $"a time such as 00:00:30, {(positive ? "more than zero" : "from zero")} and at most {longest}";
        }

        set(target, value);
        return null;
    };

    public static OptionKey<T> Count<T>(Action<T, int> set) => (target, key) =>
    {
        if (!int.TryParse(key.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
        {
            return "a number of at least 1";
        }

        set(target, value);
        return null;
    };

    public static OptionKey<T> YesOrNo<T>(Action<T, bool> set) => (target, key) =>
    {
        if (!bool.TryParse(key.Value, out var value))
        {
            return "true or false";
        }

        set(target, value);
        return null;
    };

    public static OptionKey<T> Name<T, TName>(Action<T, TName> set)
        where TName : struct, Enum => (target, key) =>
    {
        if (!Enum.TryParse<TName>(key.Value, ignoreCase: true, out var value) || !Enum.IsDefined(value))
        {
            return string.Join(" or ", Enum.GetNames<TName>());
        }

        set(target, value);
        return null;
    };

    public static OptionKey<T> Text<T>(Action<T, string> set) => (target, key) =>
    {
        if (string.IsNullOrWhiteSpace(key.Value))
        {
            return "a text that is not blank";
        }

        set(target, key.Value);
        return null;
    };

    public static OptionKey<T> Folder<T>(Action<T, string> set) => (target, key) =>
    {
        if (!Directory.Exists(key.Value))
        {
            return "a folder that exists";
        }

        set(target, key.Value);
        return null;
    };

    public static OptionKey<T> Texts<T>(Action<T, IEnumerable<string>> set) => (target, key) =>
    {
        var values = key.GetChildren().Select(child => child.Value).ToArray();
        if (key.Value is not null || values.Contains(null, StringComparer.Ordinal))
        {
            return "a list of texts";
        }

        set(target, values.OfType<string>());
        return null;
    };
}
