namespace SafeLaunch.Testing.Tests.Servers;

/// <summary>A fixture that NUnit makes for each test, and disposes of before the end of the test. The second test looks at what the first got then.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DisposedFixtureTests : IDisposable
{
    private static readonly LaunchedServer Server = LaunchedServer.For(TestLaunch.UntilStopped).PerTest();
    private static LaunchHandle? ofTest;
    private static LaunchHandle? ofDisposal;

    public void Dispose() => ofDisposal ??= Server.Start();

    [Test]
    [Order(1)]
    public async Task A_test_has_a_server_of_its_own() => ofTest = await Server.StartAsync().Within();

    [Test]
    [Order(2)]
    public void The_disposal_of_a_fixture_has_the_server_of_its_test_which_is_stopped_after_that()
    {
        Assert.That(ofDisposal, Is.SameAs(ofTest));
        Assert.That(ofTest!.State, Is.EqualTo(LaunchState.Ended));
    }
}
