namespace SafeLaunch.Processes.Tests.Faults;

/// <summary>One row of the table in docs/reliability.md.</summary>
/// <param name="What">What goes wrong.</param>
/// <param name="Result">The kind of the outcome, or that the start throws.</param>
/// <param name="Says">A part of the reason or of the message.</param>
/// <param name="FindAsync">Makes it go wrong, and looks at the result.</param>
internal sealed record ProcessFault(string What, string Result, string Says, Func<Task<ProcessFinding>> FindAsync)
{
    public override string ToString() => this.What.Replace("`", "", StringComparison.Ordinal);
}
