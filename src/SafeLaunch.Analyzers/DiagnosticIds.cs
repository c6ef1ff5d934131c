namespace SafeLaunch.Analyzers;

/// <summary>The id of each rule. An id is never used again for another rule.</summary>
internal static class DiagnosticIds
{
    public const string HostOnRawThread = "SL0001";
    public const string ForgottenHandle = "SL0002";
    public const string StopInsideLaunch = "SL0003";
    public const string BlockingOnTask = "SL0004";
    public const string DroppedStart = "SL0005";
    public const string DroppedServer = "SL0006";
    public const string CapturedHost = "SL0007";
    public const string EarlyConfiguration = "SL0008";
    public const string CapturingChildLaunch = "SL0009";
    public const string ServerWithoutTearDown = "SL0010";
    public const string FixedPort = "SL0011";

    /// <summary>One category, so that an .editorconfig can set the severity of all rules in one line.</summary>
    public const string Category = "SafeLaunch";

    /// <summary>The address of the page of a rule.</summary>
    /// <param name="id">The id of the rule.</param>
    public static string PageOf(string id) => $"https://github.com/safelaunch/SafeLaunch/blob/main/docs/rules/{id}.md";
}
