using System.Globalization;

namespace SafeLaunch.Endurance.Tests;

/// <summary>How much is done: a few seconds of it with all the other tests, all of it where that is asked for.</summary>
internal static class Form
{
    private const string FormVariable = "SAFELAUNCH_ENDURANCE";
    private const string SoakVariable = "SAFELAUNCH_SOAK";

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable(FormVariable) is "long";

    /// <summary>How long the soak takes: an hour in the long form by default.</summary>
    public static TimeSpan SoakTime { get; } =
        Environment.GetEnvironmentVariable(SoakVariable) is { } time ? TimeSpan.Parse(time, CultureInfo.InvariantCulture)
        : IsLong ? TimeSpan.FromHours(1)
        : TimeSpan.FromSeconds(3);

    /// <summary>How many launches of each kind come before the soak: the process grows with the first 300, also without this library.</summary>
    public static int SoakWarmUps => Count(inLong: 300, inShort: 10);

    public static int Count(int inLong, int inShort) => IsLong ? inLong : inShort;
}
