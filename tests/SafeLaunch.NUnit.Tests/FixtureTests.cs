namespace SafeLaunch.NUnitTests;

/// <summary>The way in which most fixtures use a server.</summary>
public sealed class FixtureTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>();

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task It_answers() =>
        Assert.That(await Server.CreateClient().GetStringAsync("/").Within(), Is.EqualTo("Hello from appsettings"));

    [Test]
    public async Task Its_files_are_those_of_its_project() =>
        Assert.That(await Server.CreateClient().GetStringAsync("/hello.txt").Within(), Does.StartWith("from wwwroot"));
}
