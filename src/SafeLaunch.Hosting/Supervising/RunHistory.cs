namespace SafeLaunch.Supervising;

/// <summary>The outcomes of the latest runs. It is bounded, since a launch may come back for years.</summary>
internal sealed class RunHistory
{
    private const int Kept = 100;

    private volatile LaunchOutcome[] outcomes = [];

    public IReadOnlyList<LaunchOutcome> Snapshot => this.outcomes;

    /// <summary>Null before the first run has ended.</summary>
    public LaunchOutcome? Latest => this.outcomes.LastOrDefault();

    /// <summary>Called by one flow at a time.</summary>
    public void Add(LaunchOutcome outcome) => this.outcomes = [.. this.outcomes.TakeLast(Kept - 1), outcome];
}
