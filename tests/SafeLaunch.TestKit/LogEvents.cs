namespace SafeLaunch.TestKit;

/// <summary>The event ids that are looked for. They are stable, hence written down a second time.</summary>
internal static class LogEvents
{
    public const int Starting = 1;
    public const int Ready = 2;
    public const int Ending = 3;
    public const int Ended = 4;
    public const int CallbackThrew = 5;
    public const int Interrupting = 6;
    public const int Abandoned = 7;
    public const int PostedLate = 8;
    public const int PumpedTooDeep = 9;
    public const int WaitsDoNotPump = 10;
    public const int ErrorWhileEnding = 11;
    public const int LaterHostFailed = 12;
    public const int ContainerReplaced = 13;
    public const int TelemetryFailed = 14;
    public const int WorkUnserved = 20;
    public const int HostIsElsewhere = 30;
    public const int Unloaded = 31;
    public const int StillLoaded = 32;
}
