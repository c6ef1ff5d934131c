namespace SafeLaunch.Processes.Tests;

[SetUpFixture]
public sealed class TestRun
{
    /// <summary>Several tests at once block threads of the pool on purpose; the others must not wait until it grows.</summary>
    [OneTimeSetUp]
    public void GiveThePoolThreadsEnough() => ThreadPool.SetMinThreads(64, 64);
}
