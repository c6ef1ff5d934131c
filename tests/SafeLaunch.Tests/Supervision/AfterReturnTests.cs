using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

public sealed class AfterReturnTests
{
    private static readonly AfterReturn NotReady = new() { IsReady = false };
    private static readonly AfterReturn Ready = new() { IsReady = true };

    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row("A probe decides alone", NotReady with { HasProbe = true, HasAnyHostFailed = true, IsProgram = true }, AfterReturnDecision.Wait);
        yield return Row("A host has still to start", NotReady with { IsAnyHostPending = true, HasAnyHostFailed = true }, AfterReturnDecision.Wait);
        yield return Row("A host failed to start", NotReady with { HasAnyHostFailed = true, IsProgram = true }, AfterReturnDecision.FailForHost);
        yield return Row("A program ended", NotReady with { IsProgram = true }, AfterReturnDecision.FailForProgram);
        yield return Row("A delegate returned", NotReady, AfterReturnDecision.BeReady);
        yield return Row("A host runs", Ready with { IsAnyHostLive = true, HasAnyHostStarted = true, WasReady = true }, AfterReturnDecision.Wait);
        yield return Row("A server is held", Ready with { HoldsServer = true, WasReady = true }, AfterReturnDecision.Wait);
        yield return Row("All hosts have stopped", Ready with { HasAnyHostStarted = true, WasReady = true }, AfterReturnDecision.EndAsHostsStopped);
        yield return Row("A blocking delegate returned", Ready with { WasReady = true }, AfterReturnDecision.EndAsReturned);
        yield return Row("The return itself made it ready", Ready, AfterReturnDecision.Wait);

        static TestCaseData Row(string name, AfterReturn facts, AfterReturnDecision decision) =>
            new TestCaseData(facts, decision).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Rows))]
    public void The_decision_after_a_return_is_that_of_the_table(object facts, object decision) =>
        Assert.That(((AfterReturn)facts).Decision, Is.EqualTo(decision));
}
