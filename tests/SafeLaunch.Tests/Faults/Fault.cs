namespace SafeLaunch.Tests.Faults;

/// <summary>What goes wrong in a step.</summary>
public enum Fault
{
    /// <summary>An exception.</summary>
    Throws,

    /// <summary>A cancellation of the step's own, as of a request of its that timed out.</summary>
    Cancels,

    /// <summary>A wait that ends with the token that the step was given.</summary>
    HangsUntilCancelled,

    /// <summary>A wait that only an interrupt ends.</summary>
    HangsUntilInterrupted,

    /// <summary>A wait of its thread that nothing ends.</summary>
    Hangs,

    /// <summary>A task that nothing ends.</summary>
    NeverEnds,

    /// <summary>The start is cancelled while the step waits.</summary>
    StartIsCancelled,
}
