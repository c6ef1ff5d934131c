namespace SafeLaunch.NUnit.Tests.Snippets.PerFixture;

public sealed class ShopTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>();

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task The_shop_answers() =>
        Assert.That(await Server.CreateClient().GetStringAsync("/"), Is.EqualTo("Hello from appsettings"));

    [Test]
    public async Task The_files_of_a_program_are_those_of_its_project() =>
        Assert.That(await Server.CreateClient().GetStringAsync("/hello.txt"), Does.StartWith("from wwwroot"));
}
