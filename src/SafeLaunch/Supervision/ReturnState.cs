namespace SafeLaunch.Supervision;

/// <summary>Whether the delegate of a launch has returned, and when.</summary>
internal enum ReturnState
{
    NotYet = 0,
    BeforeReady,
    AfterReady,
}
