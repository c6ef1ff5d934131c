using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

/// <summary>The table of docs/design.md.</summary>
public sealed class AfterReturnTests
{
    private const string Head = "| ready | and | then |\n|---|---|---|\n";

    private static readonly AfterReturn NotReady = new() { IsReady = false };
    private static readonly AfterReturn Ready = new() { IsReady = true };

    private static readonly AfterReturnRow[] Rows =
    [
        new(
            "`ReadyWhen` is set",
            AfterReturnDecision.Wait,
            "it: no host decides",
            ("A probe decides alone", NotReady with { HasProbe = true, HasAnyHostFailed = true, IsProgram = true })),
        new(
            "an app host is built and not started yet",
            AfterReturnDecision.Wait,
            "it",
            ("A host has still to start", NotReady with { IsAnyHostPending = true, HasAnyHostFailed = true, IsProgram = true })),
        new(
            "the start of an app host failed",
            AfterReturnDecision.FailForHost,
            WaitsFor: null,
            ("A host failed to start", NotReady with { HasAnyHostFailed = true, IsProgram = true })),
        new(
            "it is a whole program",
            AfterReturnDecision.FailForProgram,
            WaitsFor: null,
            ("A program ended", NotReady with { IsProgram = true })),
        new(
            "none of these",
            AfterReturnDecision.BeReady,
            WaitsFor: null,
            ("A delegate returned", NotReady)),
        new(
            "an app host runs, or the delegate returned a server",
            AfterReturnDecision.Wait,
            "the end",
            ("A host runs", Ready with { IsAnyHostLive = true, HasAnyHostStarted = true, WasReady = true }),
            ("A server is held", Ready with { HoldsServer = true, HasAnyHostStarted = true, WasReady = true })),
        new(
            "an app host has run",
            AfterReturnDecision.EndAsHostsStopped,
            WaitsFor: null,
            ("All hosts have stopped", Ready with { HasAnyHostStarted = true, WasReady = true })),
        new(
            "it was ready when the delegate returned",
            AfterReturnDecision.EndAsReturned,
            WaitsFor: null,
            ("A blocking delegate returned", Ready with { WasReady = true })),
        new(
            "the return itself made it ready",
            AfterReturnDecision.Wait,
            "the stop",
            ("The return itself made it ready", Ready)),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from row in Rows
        from launch in row.Cases
        select new TestCaseData(launch.Facts, row.Decision).SetArgDisplayNames(launch.Name);

    [TestCaseSource(nameof(Cases))]
    public void AfterReturn_decides_as_its_table_says(object facts, object decision) =>
        Assert.That(((AfterReturn)facts).Decision, Is.EqualTo(decision));

    [Test]
    public void The_table_of_the_page_is_that_of_AfterReturn() =>
        new DocPage("design.md").HasTable("after return", Head + string.Concat(Rows.Select(row => row.Line)));
}
