using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>Which errors of work that runs after the end of its launch are failures.</summary>
public sealed class AfterEndTests
{
    private static readonly OperationCanceledException Cancelled = new();
    private static readonly ThreadInterruptedException Interrupted = new();
    private static readonly InvalidOperationException Failed = new();

    private static IEnumerable<TestCaseData> Errors()
    {
        yield return Case("a cancellation", Cancelled, wasInterrupted: false, isFailure: false);
        yield return Case("several cancellations", new AggregateException(Cancelled, Cancelled), wasInterrupted: false, isFailure: false);
        yield return Case("an interrupt by the stop", Interrupted, wasInterrupted: true, isFailure: false);
        yield return Case("an interrupt by other code", Interrupted, wasInterrupted: false, isFailure: true);
        yield return Case("a failure beside a cancellation", new AggregateException(Cancelled, Failed), wasInterrupted: false, isFailure: true);
        yield return Case("a failure", Failed, wasInterrupted: true, isFailure: true);

        static TestCaseData Case(string name, Exception error, bool wasInterrupted, bool isFailure) =>
            new TestCaseData(error, wasInterrupted, isFailure).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Errors))]
    public void Late_work_that_ends_by_its_launchs_stop_is_not_logged_as_a_failure(Exception error, bool wasInterrupted, bool isFailure)
    {
        using var log = new LogRecorder();
        var late = new AfterEnd("launch", log.Factory.CreateLogger("test")) { WasInterrupted = wasInterrupted };

        late.OnCallbackThrew(error);

        Assert.That(log.Of(LogEvents.CallbackThrew), Has.Count.EqualTo(isFailure ? 1 : 0));
    }
}
