namespace SafeLaunch.Tests.Internal;

[Parallelizable(ParallelScope.All)]
public sealed class ExecutionContextFlowTests
{
    [Test]
    public void The_flow_is_suppressed_until_the_outermost_suppression_is_disposed_of()
    {
        using (ExecutionContextFlow.Suppress())
        {
            Assert.That(ExecutionContext.IsFlowSuppressed(), Is.True);
            using (ExecutionContextFlow.Suppress())
            {
                Assert.That(ExecutionContext.IsFlowSuppressed(), Is.True);
            }

            Assert.That(ExecutionContext.IsFlowSuppressed(), Is.True);
        }

        Assert.That(ExecutionContext.IsFlowSuppressed(), Is.False);
    }

    [Test]
    public void A_suppression_that_was_never_made_can_be_disposed_of()
    {
        default(ExecutionContextFlow.Suppression).Dispose();

        Assert.That(ExecutionContext.IsFlowSuppressed(), Is.False);
    }
}
