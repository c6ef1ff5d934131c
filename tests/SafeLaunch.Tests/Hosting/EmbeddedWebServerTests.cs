using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace SafeLaunch.Tests.Hosting;

/// <summary>A web server from a package, which hides the host that it may have.</summary>
public sealed class EmbeddedWebServerTests
{
    [Test]
    public async Task An_embedded_web_server_is_launched_reached_and_stopped()
    {
        WireMockServer? server = null;
        await using var handle = await Launcher.StartAsync(context =>
        {
            server = WireMockServer.Start();
            server.Given(Request.Create().WithPath("/")).RespondWith(Response.Create().WithBody("Hello"));
            context.AddAddresses(new Uri(server.Url!));
            return server;
        }).Within();

        using var client = handle.CreateClient();
        Assert.That(await client.GetStringAsync(new Uri("/", UriKind.Relative)).Within(), Is.EqualTo("Hello"));

        var outcome = await handle.StopAsync().Within();
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(server!.IsStarted, Is.False);
    }
}
