namespace SafeLaunch.Supervision;

/// <summary>Acts on the table of <see cref="AfterReturn"/>: each event after which another of its rows may hold asks for that.</summary>
internal sealed class ReturnWatch(LaunchRun run)
{
    public void Reconsider()
    {
        // A launch that is ending already has its cause, and no other cause is looked for.
        var (returned, isReady) = run.Life.AtReturn;
        if (returned == ReturnState.NotYet || run.Life.Ending.IsCompleted)
        {
            return;
        }

        run.Hosts.EndDisposed();
        var facts = new AfterReturn(
            isReady,
            WasReady: returned == ReturnState.AfterReady,
            HasProbe: run.Readiness is not null,
            IsProgram: run.Call.Program is not null,
            run.Returned.IsHeld,
            run.Hosts.IsAnyPending,
            run.Hosts.HasAnyFailedToStart,
            run.Hosts.IsAnyLive,
            run.Hosts.HasAnyStarted);

        switch (facts.Decision)
        {
            case AfterReturnDecision.BeReady:
                run.Life.BeReady();
                break;
            case AfterReturnDecision.FailForHost:
                run.Life.TryEnd(StartDiagnostics.HostFailed(run));
                break;
            case AfterReturnDecision.FailForProgram:
                run.Life.TryEnd(EndCause.Crashed("Its program ended too early.", StartDiagnostics.ProgramEnded(run)));
                break;
            case AfterReturnDecision.EndAsHostsStopped:
                run.Life.TryEnd(EndCause.Returned("Its delegate returned, and no host of it runs any longer."));
                break;
            case AfterReturnDecision.EndAsReturned:
                run.Life.TryEnd(EndCause.Returned("Its delegate returned."));
                break;
        }
    }
}
