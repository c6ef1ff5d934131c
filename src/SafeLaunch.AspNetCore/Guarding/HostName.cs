namespace SafeLaunch.Guarding;

/// <summary>The name in a Host header.</summary>
internal static class HostName
{
    /// <summary>The name without the port, with its brackets if it is an IPv6 address; empty if the text is no name with an optional port.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> host)
    {
        var end = host is ['[', ..] ? host.IndexOf(']') + 1 : host.IndexOf(':') is var colon and >= 0 ? colon : host.Length;
        return IsPort(host[end..]) ? host[..end] : default;
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.IsEmpty || (text is [':', _, ..] && text[1..].IndexOfAnyExceptInRange('0', '9') < 0);
}
