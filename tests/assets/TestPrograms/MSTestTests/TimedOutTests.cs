namespace TestPrograms;

[TestClass]
public sealed class TimedOutTests
{
    [TestMethod]
    [Timeout(5000)]
    public Task A_test_that_waits_too_long()
    {
        Report.WriteEnd(RunningTest.FindCurrent()!);
        return Task.Delay(Timeout.Infinite);
    }

    [TestMethod]
    [Timeout(5000)]
    public void A_test_that_blocks_too_long()
    {
        Report.WriteEnd(RunningTest.FindCurrent()!);
        Thread.Sleep(Timeout.Infinite);
    }
}
