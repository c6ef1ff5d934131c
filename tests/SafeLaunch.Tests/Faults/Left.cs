namespace SafeLaunch.Tests.Faults;

/// <summary>What still lives when the end of a launch is known.</summary>
[Flags]
internal enum Left
{
    Nothing = 0,

    /// <summary>The code that hangs.</summary>
    Code = 1,
    Thread = 2,
    LaunchHost = 4,
    AppHost = 8,
    Server = 16,
}
