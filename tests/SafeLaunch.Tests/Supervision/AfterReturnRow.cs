using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

/// <summary>A row of the table of docs/design.md, with launches whose first fitting row it is.</summary>
/// <param name="And">The facts that it needs besides, in the words of the page.</param>
/// <param name="Decision">The decision.</param>
/// <param name="WaitsFor">The event that a launch which goes on waits for, in the words of the page; null for every other decision.</param>
/// <param name="Cases">The launches.</param>
internal sealed record AfterReturnRow(string And, AfterReturnDecision Decision, string? WaitsFor, params (string Name, AfterReturn Facts)[] Cases)
{
    /// <summary>Gets the row as the page shows it.</summary>
    public string Line => $"| {(this.Cases[0].Facts.IsReady ? "yes" : "no")} | {this.And} | {this.Then} |\n";

    private string Then => this.Decision switch
    {
        AfterReturnDecision.Wait => $"wait for {this.WaitsFor}",
        AfterReturnDecision.BeReady => "ready: the delegate has started its server and returned",
        AfterReturnDecision.FailForHost => "the start fails with its exception",
        AfterReturnDecision.FailForProgram => "the start fails: the program ended",
        AfterReturnDecision.EndAsHostsStopped => "`Returned`: its hosts have stopped",
        AfterReturnDecision.EndAsReturned => "`Returned`",
        _ => throw new InvalidOperationException($"No page says what {this.Decision} means."),
    };
}
