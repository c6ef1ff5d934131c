#if !NET
namespace SafeLaunch;

internal static class StringPolyfill
{
    public static bool Contains(this string text, string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;
}
#endif
