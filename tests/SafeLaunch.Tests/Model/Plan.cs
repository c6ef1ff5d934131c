namespace SafeLaunch.Tests.Model;

/// <summary>What a delegate does once it has been started.</summary>
internal enum Style
{
    Blocks,
    Awaits,
    Returns,
    ReturnsServer,
    ThrowsAtOnce,
}

/// <summary>One launch, and the acts of several callers on it at the same time.</summary>
internal sealed record Plan(Style Style, bool IsStartCancelled, Act[][] Actors)
{
    private static readonly Act[] Asking =
        [Act.Stop, Act.StopAsync, Act.StopWithCancelledWait, Act.Dispose, Act.DisposeAsync, Act.RequestStop, Act.RequestStopInside];

    /// <summary>Ends without being asked to, and so has to be waited for only.</summary>
    public bool EndsByItself => !this.Does(Asking) && (this.MayCrash || this.MayReturn);

    public bool MayStartFail => this.IsStartCancelled || this.Style == Style.ThrowsAtOnce;

    private bool MayCrash => this.Does(Act.PostThatThrows, Act.AsyncVoidThatThrows) || (this.DelegateLives && this.Does(Act.LetDelegateThrow));

    private bool MayReturn => this.DelegateLives && this.Does(Act.LetDelegateReturn);

    private bool DelegateLives => this.Style is Style.Blocks or Style.Awaits;

    /// <summary>The ways in which it may end, in whichever order things happen.</summary>
    public bool Allows(LaunchOutcomeKind kind) => kind switch
    {
        LaunchOutcomeKind.Stopped => !this.EndsByItself,
        LaunchOutcomeKind.Returned => this.MayReturn,
        LaunchOutcomeKind.Crashed => this.MayCrash,
        _ => false,
    };

    public override string ToString() =>
        $"{this.Style}{(this.IsStartCancelled ? ", start cancelled" : "")}: {string.Join(" | ", this.Actors.Select(acts => string.Join(", ", acts)))}";

    private bool Does(params Act[] acts) => this.Actors.SelectMany(actor => actor).Intersect(acts).Any();
}
