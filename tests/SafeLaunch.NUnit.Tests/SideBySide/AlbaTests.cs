using Alba;
using Alba.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ShopProgram;

namespace SafeLaunch.NUnit.Tests.SideBySide;

/// <summary>The same small program under Alba, whose host is a WebApplicationFactory without a socket.</summary>
public sealed class AlbaTests
{
    [Test]
    public async Task Alba_serves_the_program_without_a_socket_from_the_folder_of_its_project_and_with_what_the_test_overrides()
    {
        var closing = new Closing();
        await using var host = await AlbaHost.For<Program>(builder => builder
            .UseEnvironment("Testing")
            .UseSetting("Early", "bird")
            .UseSetting("Greeting", "Hi")
            .ConfigureTestServices(services => services.AddSingleton(closing)));
        using var client = host.Server.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("Hi"));
        Assert.That(await client.GetStringAsync("/early").Within(), Is.EqualTo("bird"));
        Assert.That(await client.GetStringAsync("/environment").Within(), Is.EqualTo("Testing"));
        Assert.That(await client.GetStringAsync("/hello.txt").Within(), Does.StartWith("from wwwroot"));
        Assert.That(host.Services.GetRequiredService<Closing>(), Is.SameAs(closing));
        Assert.That(host.Server, Is.TypeOf<TestServer>(), "no browser reaches it");
    }

    [Test]
    public async Task Alba_throws_the_exception_of_the_program() =>
        Assert.That(
            await AlbaHost.For<Program>(builder => builder.UseSetting("Failure", "Nothing to sell.")).ErrorAsync(),
            Is.TypeOf<InvalidOperationException>().With.Message.EqualTo("Nothing to sell."));

    [Test]
    public async Task Alba_signs_its_user_in_for_each_request_of_its_host()
    {
        await using var host = await AlbaHost.For<Program>(_ => { }, new AuthenticationStub().WithName("alice"));
        using var client = host.Server.CreateClient();

        Assert.That(await client.GetStringAsync("/members").Within(), Is.EqualTo("alice"));
    }

    [Test]
    public async Task Only_a_launched_server_signs_in_the_requests_of_one_client_alone()
    {
        await using var server = LaunchedServer.For<Program>();
        using var alice = server.CreateClient(user: "alice");
        using var other = server.CreateClient();

        Assert.That(await alice.GetStringAsync("/members").Within(), Is.EqualTo("alice"));
        using var refusal = await other.GetAsync(new Uri("/members", UriKind.Relative)).Within();
        Assert.That((int)refusal.StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task Alba_calls_back_before_each_request()
    {
        var calls = 0;
        await using var host = await AlbaHost.For<Program>(_ => { });
        host.BeforeEach(_ => calls++);

        await host.Scenario(scenario => scenario.Get.Url("/")).Within();
        await host.Scenario(scenario => scenario.Get.Url("/environment")).Within();

        Assert.That(calls, Is.EqualTo(2));
    }
}
