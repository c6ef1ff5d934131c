namespace SafeLaunch.Tests;

internal static class Mono
{
    /// <summary>Why most of those tests are left out that block the launch thread.</summary>
    public const string TellsOfHandlesOnly = "it tells a context of waits for handles only, and not of those for monitors and threads";

    public const string CrashesWhereAListenerIsProbed = "its HttpListener ends the process if somebody connects to it while it begins to listen";

    public const string LetsNoTransactionFlow = "its ambient transactions do not flow from one thread to another";

    public const string CollectorKeepsTooMuch = "its collector keeps what looks like a reference on some stack, so that what is left cannot be counted";

    public const string TellsOfNoCaughtException = "it raises no event for an exception that is caught, so that the cause of a failed start is not known";

    public const string HasNoLoadContexts = "it has no load contexts";

    public static bool IsRunning { get; } = Type.GetType("Mono.Runtime") is not null;

    /// <summary>The one case of a test that Mono cannot do.</summary>
    public static TestCaseData NotOnMono(this TestCaseData data, string reason) => IsRunning ? data.Ignore($"Mono: {reason}") : data;
}
