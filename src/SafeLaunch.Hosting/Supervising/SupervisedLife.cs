using SafeLaunch.Supervision;

namespace SafeLaunch.Supervising;

/// <summary>
/// Where a supervised launch is in its life, over all its runs, and why it ends. It holds the only lock on that. While a run is under way, the state
/// follows that of the run, which changes by itself.
/// </summary>
/// <remarks>
/// <code>
///                  Starting           Running             Waiting        Restarting          Ending          Ended
/// State            Starting, or *     Running, or *       Restarting     Restarting, or *    Stopping        Ended
/// TryBegin         the first run      Restarting, a run   as Running     as Running          null            null
/// BeReady          Running            nothing             (never)        Running             is noted        (never)
/// EndRun           the error of its start and its addresses are noted, for the caller and for the next run
/// TryWait          Waiting, or **     Waiting             nothing        Waiting, or **      false           false
/// TryEnd           Ending, the cause  Ending, the cause   as Running     as Running          false           false
/// TryEndStart      Ending, the cause  false               as Starting if no run has been ready, else false   false
/// Finish           (never)            (never)             (never)        (never)             Ended           nothing
///
/// *  Once the run ends: Restarting if it crashes and the launch comes back, else Stopping.
/// ** False unless a run has been ready, or failed first starts are tried again.
/// </code>
/// </remarks>
/// <param name="retriesFirstStart">Whether it comes back before any run has been ready.</param>
/// <param name="earlierAddresses">The addresses that the first run is to have where it can.</param>
internal sealed class SupervisedLife(bool retriesFirstStart, IReadOnlyList<Uri> earlierAddresses)
{
    private readonly object gate = new();
    private readonly TaskCompletionSource<LaunchOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SupervisedPhase phase = SupervisedPhase.Starting;
    private (LaunchState State, DateTimeOffset Since) noted = (LaunchState.Starting, DateTimeOffset.UtcNow);
    private IReadOnlyList<Uri> addresses = earlierAddresses;
    private ILaunch? run;
    private bool hasBeenReady;
    private EndCause? cause;
    private Exception? startError;

    public LaunchState State => this.Read(static life => life.Look().State);

    /// <summary>Since when it is in its state, over the runs.</summary>
    public DateTimeOffset Since => this.Read(static life => life.Look().Since);

    /// <summary>The run that was begun last, ended or not; null before the first one.</summary>
    public ILaunch? Run => this.Read(static life => life.run);

    /// <summary>Why it ends; null before that.</summary>
    public EndCause? Cause => this.Read(static life => life.cause);

    /// <summary>Why the run that ended last was never ready; null if it was, or if none has ended.</summary>
    public Exception? StartError => this.Read(static life => life.startError);

    /// <summary>Completes with the outcome of the whole, at the moment of <see cref="Finish"/>.</summary>
    public Task<LaunchOutcome> Completion => this.completion.Task;

    /// <summary>Whether another run may follow: the launch does not end yet, and one of its runs has been ready, or need not have been.</summary>
    public bool MayComeBack => this.Read(static life => !life.IsOver && life.ComesBack);

    private bool ComesBack => this.hasBeenReady || retriesFirstStart;

    private bool IsOver => this.phase is SupervisedPhase.Ending or SupervisedPhase.Ended;

    private bool FollowsRun => this.phase is SupervisedPhase.Starting or SupervisedPhase.Running or SupervisedPhase.Restarting;

    private LaunchState Current => this.phase switch
    {
        SupervisedPhase.Ended => LaunchState.Ended,
        SupervisedPhase.Ending => LaunchState.Stopping,
        SupervisedPhase.Waiting => LaunchState.Restarting,
        var running => this.run?.State switch
        {
            LaunchState.Stopping or LaunchState.Ended => this.run.IsCrashing && this.ComesBack ? LaunchState.Restarting : LaunchState.Stopping,
            LaunchState.Running when running == SupervisedPhase.Running => LaunchState.Running,
            _ => running == SupervisedPhase.Starting ? LaunchState.Starting : LaunchState.Restarting,
        },
    };

    /// <summary>Begins a run, unless the launch ends.</summary>
    /// <param name="begin">
    /// Begins it, at the addresses of an earlier run where it can. Called under the lock: a stop comes either before, and no run begins, or after, and finds the run.
    /// </param>
    /// <returns>The run; null if the launch ends.</returns>
    public ILaunch? TryBegin(Func<IReadOnlyList<Uri>, ILaunch> begin)
    {
        lock (this.gate)
        {
            if (this.IsOver)
            {
                return null;
            }

            var next = begin(this.addresses);
            this.Enter(this.run is null ? SupervisedPhase.Starting : SupervisedPhase.Restarting, next);
            return next;
        }
    }

    /// <summary>The current run is ready.</summary>
    public void BeReady()
    {
        lock (this.gate)
        {
            this.hasBeenReady = true;
            if (!this.IsOver)
            {
                this.Enter(SupervisedPhase.Running);
            }
        }
    }

    /// <summary>The current run has ended.</summary>
    /// <param name="errorOfStart">Why it was never ready; null if it was.</param>
    /// <param name="itsAddresses">The addresses that the next run is to have where it can; none for those of the run before.</param>
    public void EndRun(Exception? errorOfStart, IReadOnlyList<Uri> itsAddresses)
    {
        lock (this.gate)
        {
            this.startError = errorOfStart;
            this.addresses = itsAddresses.Count > 0 ? itsAddresses : this.addresses;
        }
    }

    /// <summary>Waits for the next run from now on. False if there is to be none.</summary>
    public bool TryWait()
    {
        lock (this.gate)
        {
            if (this.IsOver || !this.ComesBack)
            {
                return false;
            }

            this.Enter(SupervisedPhase.Waiting);
            return true;
        }
    }

    /// <summary>Ends it for good: no further run begins. False if it is ending already, for an earlier cause.</summary>
    public bool TryEnd(EndCause because) => this.TryEnd(because, onlyStart: false);

    /// <summary>Ends a launch of which no run has been ready. False if one has been, or if it is ending already.</summary>
    public bool TryEndStart(EndCause because) => this.TryEnd(because, onlyStart: true);

    /// <summary>It has ended, and its outcome can be read at the same moment.</summary>
    public void Finish(LaunchOutcome outcome)
    {
        lock (this.gate)
        {
            this.Enter(SupervisedPhase.Ended);
            this.completion.TrySetResult(outcome);
        }
    }

    /// <summary>The run may have changed its state. Each change is noted with its moment, if it is seen before the next one.</summary>
    public void NoteState() => _ = this.State;

    private bool TryEnd(EndCause because, bool onlyStart)
    {
        lock (this.gate)
        {
            if (this.IsOver || (onlyStart && this.hasBeenReady))
            {
                return false;
            }

            this.cause = because;
            this.Enter(SupervisedPhase.Ending);
            return true;
        }
    }

    private T Read<T>(Func<SupervisedLife, T> read)
    {
        lock (this.gate)
        {
            return read(this);
        }
    }

    private (LaunchState State, DateTimeOffset Since) Look()
    {
        if (this.Current is var now && now != this.noted.State)
        {
            this.noted = (now, this.FollowsRun ? this.run!.Since : DateTimeOffset.UtcNow);
        }

        return this.noted;
    }

    /// <summary>Notes first the state that the run has brought about, so that its moment is not lost.</summary>
    private void Enter(SupervisedPhase next, ILaunch? nextRun = null)
    {
        this.Look();
        this.phase = next;
        this.run = nextRun ?? this.run;
        this.Look();
    }
}
