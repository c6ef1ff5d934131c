namespace SafeLaunch.Supervision;

/// <summary>Decides the fate of a launch whose delegate has returned. It is asked again whenever an app host changes.</summary>
/// <param name="IsReady">Whether the launch is ready now.</param>
/// <param name="WasReady">Whether it was ready when the delegate returned.</param>
/// <param name="HasProbe">Whether ReadyWhen decides that the launch is ready.</param>
/// <param name="IsProgram">Whether the delegate is a whole program.</param>
/// <param name="HoldsServer">Whether the delegate returned a server that is disposed of at the stop.</param>
/// <param name="IsAnyHostPending">Whether an app host is built and not started yet.</param>
/// <param name="HasAnyHostFailed">Whether the start of an app host failed.</param>
/// <param name="IsAnyHostLive">Whether an app host runs.</param>
/// <param name="HasAnyHostStarted">Whether an app host has ever started.</param>
internal readonly record struct AfterReturn(
    bool IsReady,
    bool WasReady,
    bool HasProbe,
    bool IsProgram,
    bool HoldsServer,
    bool IsAnyHostPending,
    bool HasAnyHostFailed,
    bool IsAnyHostLive,
    bool HasAnyHostStarted)
{
    public AfterReturnDecision Decision => this switch
    {
        { IsReady: false, HasProbe: true } => AfterReturnDecision.Wait,
        { IsReady: false, IsAnyHostPending: true } => AfterReturnDecision.Wait,
        { IsReady: false, HasAnyHostFailed: true } => AfterReturnDecision.FailForHost,
        { IsReady: false, IsProgram: true } => AfterReturnDecision.FailForProgram,
        { IsReady: false } => AfterReturnDecision.BeReady,
        { IsAnyHostLive: true } or { HoldsServer: true } => AfterReturnDecision.Wait,
        { HasAnyHostStarted: true } => AfterReturnDecision.EndAsHostsStopped,
        { WasReady: true } => AfterReturnDecision.EndAsReturned,
        _ => AfterReturnDecision.Wait,
    };
}
