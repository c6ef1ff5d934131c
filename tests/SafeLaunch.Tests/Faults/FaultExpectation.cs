namespace SafeLaunch.Tests.Faults;

/// <summary>What a launch makes of one fault in a step.</summary>
internal sealed record FaultExpectation(Fault Fault, FaultFinding Finding)
{
    /// <summary>Null where the start is to fail.</summary>
    public LaunchOutcomeKind? Kind { get; private init; }

    /// <summary>What the reason is to say; null for nothing in particular.</summary>
    public string? Reason { get; private init; }

    public Left Left { get; private init; }

    /// <summary>Why Mono cannot do it, or null.</summary>
    public string? ReasonNotOnMono { get; private init; }

    public bool EndsByItself => this.Kind is LaunchOutcomeKind.Crashed or LaunchOutcomeKind.Returned;

    public bool IsStartTimeOut => this.Kind is null && this.Finding.IsTimeOut;

    public static FaultExpectation StartThrows(Fault fault, FaultFinding finding, Left left = Left.Nothing) =>
        new(fault, finding) { Left = left };

    public static FaultExpectation Crashed(Fault fault) =>
        new(fault, FaultFinding.It) { Kind = LaunchOutcomeKind.Crashed };

    public static FaultExpectation Stopped(Fault fault, FaultFinding finding, string? reason = null, Left left = Left.Nothing) =>
        new(fault, finding) { Kind = LaunchOutcomeKind.Stopped, Reason = reason, Left = left };

    public static FaultExpectation Abandoned(Fault fault, FaultFinding finding, string reason, Left left) =>
        new(fault, finding) { Kind = LaunchOutcomeKind.Abandoned, Reason = reason, Left = left };

    public FaultExpectation NotOnMono(string reason) => this with { ReasonNotOnMono = reason };
}
