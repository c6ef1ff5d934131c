namespace SafeLaunch.Wire;

/// <summary>Cuts the texts of launched code, so that no log entry and no exception makes a message longer than its reader takes.</summary>
internal static class BoundedText
{
    /// <summary>In characters, of which each takes at most three bytes.</summary>
    private const int Longest = 100_000;

    public static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
