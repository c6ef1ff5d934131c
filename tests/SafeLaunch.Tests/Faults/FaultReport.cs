namespace SafeLaunch.Tests.Faults;

/// <summary>What came of a fault.</summary>
/// <param name="WasStruck">Whether the step went wrong at all.</param>
/// <param name="StartError">What the start threw, or null.</param>
/// <param name="Outcome">How the launch ended, null if its start failed.</param>
/// <param name="Injected">What the step threw, if it did.</param>
/// <param name="Left">What lived when the end was known.</param>
/// <param name="LeftForGood">The parts that live once the step has been released.</param>
internal sealed record FaultReport(bool WasStruck, Exception? StartError, LaunchOutcome? Outcome, Exception Injected, Left Left, Left LeftForGood);
