namespace SafeLaunch.Tests.Faults;

/// <summary>What the exception of a start or of an outcome is to be.</summary>
/// <param name="Text">As the table says it.</param>
/// <param name="Matches">Whether an exception matches, given the exception that the step has thrown.</param>
internal sealed record FaultFinding(string Text, Func<Exception?, Exception, bool> Matches)
{
    /// <summary>The very exception that was thrown.</summary>
    public static FaultFinding It { get; } = new("it", ReferenceEquals);

    public static FaultFinding None { get; } = new("no exception", (actual, _) => actual is null);

    public static FaultFinding Cancellation { get; } = new("`OperationCanceledException`", (actual, _) => actual is OperationCanceledException);

    public bool IsTimeOut { get; private init; }

    public static FaultFinding TimeOut(string message) => new(
        $"`LaunchTimeoutException` “… {message} …”",
        (actual, _) => actual is LaunchTimeoutException && actual.Message.Contains(message, StringComparison.Ordinal))
    {
        IsTimeOut = true,
    };
}
