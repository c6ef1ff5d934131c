namespace SafeLaunch.Supervision;

/// <summary>What happens to a launch whose delegate has returned.</summary>
internal enum AfterReturnDecision
{
    /// <summary>It goes on as it is.</summary>
    Wait = 0,

    /// <summary>It is ready.</summary>
    BeReady,

    /// <summary>Its start fails because an app host failed to start.</summary>
    FailForHost,

    /// <summary>Its start fails because the program ended without ever being ready.</summary>
    FailForProgram,

    /// <summary>It ends because its app hosts have stopped.</summary>
    EndAsHostsStopped,

    /// <summary>It ends because its delegate returned.</summary>
    EndAsReturned,
}
