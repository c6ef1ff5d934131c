namespace SafeLaunch.BrowserTests;

/// <summary>The one generous time that anything in these tests may take: a test that fails ends, and none is decided by a clock.</summary>
internal static class Patience
{
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(60);
}
