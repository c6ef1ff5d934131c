namespace SafeLaunch.Tests;

internal static class Net11
{
    /// <summary>Why some tests are left out that join a thread on the launch thread.</summary>
    public const string TellsOfNoJoin = "it tells a context of no Thread.Join";

    public static bool IsRunning { get; } = Environment.Version.Major >= 11;

    /// <summary>The one case of a test that .NET 11 cannot do.</summary>
    public static TestCaseData NotOnNet11(this TestCaseData data, string reason) => IsRunning ? data.Ignore($".NET 11: {reason}") : data;
}
