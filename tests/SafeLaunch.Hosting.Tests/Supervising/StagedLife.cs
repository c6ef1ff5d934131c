using SafeLaunch.Supervising;
using SafeLaunch.Supervision;

namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>The states of a supervised launch, brought to the phase that a test begins with.</summary>
internal sealed class StagedLife
{
    public static readonly EndCause Cause = EndCause.Stopped("It was asked to stop.");
    public static readonly LaunchOutcome Outcome = new(LaunchOutcomeKind.Stopped, "It was asked to stop.", exception: null, "launch", threadId: 0, TimeSpan.Zero);

    public SupervisedLife Life { get; set; } = new(retriesFirstStart: false, []);

    /// <summary>The current run; one that is not begun before the first.</summary>
    public StubRun Run { get; private set; } = new();

    public void Enter(string phase)
    {
        Dictionary<string, Action> ways = new(StringComparer.Ordinal)
        {
            [nameof(this.Before)] = this.Before,
            [nameof(this.Starting)] = this.Starting,
            [nameof(this.Running)] = this.Running,
            [nameof(this.Waiting)] = this.Waiting,
            [nameof(this.WaitingForAFirstReadyRun)] = this.WaitingForAFirstReadyRun,
            [nameof(this.Restarting)] = this.Restarting,
            [nameof(this.Ending)] = this.Ending,
            [nameof(this.Ended)] = this.Ended,
        };
        ways[phase]();
    }

    public void Before() => Assert.That(this.Life.Run, Is.Null);

    public void Starting() => this.BeginRun(second: 1);

    public void Running()
    {
        this.Starting();
        this.Run.Enter(LaunchState.Running, second: 2);
        this.Life.BeReady();
    }

    public void Waiting()
    {
        this.Running();
        this.Run.Enter(LaunchState.Ended, second: 3, isCrashing: true);
        this.Life.EndRun(errorOfStart: null, []);
        this.Life.TryWait();
    }

    public void WaitingForAFirstReadyRun()
    {
        this.Life = new(retriesFirstStart: true, []);
        this.Starting();
        this.Run.Enter(LaunchState.Ended, second: 3, isCrashing: true);
        this.Life.EndRun(new IOException(), []);
        this.Life.TryWait();
    }

    public void Restarting()
    {
        this.Waiting();
        this.BeginRun(second: 4);
    }

    public void Ending()
    {
        this.Running();
        this.Life.TryEnd(Cause);
    }

    public void Ended()
    {
        this.Ending();
        this.Life.Finish(Outcome);
    }

    public void BeginRun(int second)
    {
        this.Run = new();
        this.Run.Enter(LaunchState.Starting, second);
        this.Life.TryBegin(_ => this.Run);
    }
}
