namespace SafeLaunch.Browser.Tests.Guard;

/// <summary>A fixture with a stranger's server on this machine, in a browser for which evil.test is this machine.</summary>
public abstract class StrangerFixture : BrowserFixture
{
    private LaunchHandle stranger = null!;

    protected override IEnumerable<string> MoreArguments => ["--host-resolver-rules=MAP evil.test 127.0.0.1"];

    /// <summary>Gets the address of that server.</summary>
    protected Uri StrangerAddress => this.stranger.Address;

    [OneTimeSetUp]
    public async Task LaunchStranger() => this.stranger = await Stranger.StartAsync();

    [OneTimeTearDown]
    public async Task StopStranger() => await this.stranger.DisposeAsync();

    /// <summary>The address of that server by another name of this machine.</summary>
    protected Uri StrangerAt(string host) => new UriBuilder(this.StrangerAddress) { Host = host }.Uri;
}
