#if !NET
namespace SafeLaunch.Internal;

internal static class StringPolyfill
{
    public static bool Contains(this string text, string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;

    /// <param name="text">The text.</param>
    /// <param name="oldValue">What to replace.</param>
    /// <param name="newValue">What to put in its place.</param>
    /// <param name="comparison">Ordinal, as it is without it.</param>
    public static string Replace(this string text, string oldValue, string newValue, StringComparison comparison)
    {
        _ = comparison;
        return text.Replace(oldValue, newValue);
    }
}
#endif
