using System.Net;
using System.Net.Sockets;
using MQTTnet.Server;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace SafeLaunch.AspNetCore.Tests;

/// <summary>Servers from packages, which are no generic host or hide their generic host.</summary>
[NonParallelizable] // WireMock is a legacy web host: see LegacyWebHostTests.
public sealed class EmbeddedServerTests
{
    [Test]
    public async Task An_embedded_web_server_is_launched_reached_and_stopped()
    {
        WireMockServer? server = null;
        await using var handle = await Launcher.For(context =>
        {
            server = WireMockServer.Start();
            server.Given(Request.Create().WithPath("/")).RespondWith(Response.Create().WithBody("Hello"));
            context.AddAddresses(new Uri(server.Url!));
            return server;
        }).StartAsync().Within();

        using var client = handle.CreateClient();
        Assert.That(await client.GetStringAsync(new Uri("/", UriKind.Relative)).Within(), Is.EqualTo("Hello"));

        var outcome = await handle.StopAsync().Within();
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(server!.IsStarted, Is.False);
    }

    [Test]
    public async Task An_embedded_server_that_is_returned_is_disposed_of_at_the_stop()
    {
        var port = TakenPort.ThatIsFreeAgain();
        var endpoint = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(port);
        MqttServer? server = null;
        await using var handle = await Launcher.For(
            () =>
            {
                server = new MqttServerFactory().CreateMqttServer(endpoint.Build());
                server.StartAsync().GetAwaiter().GetResult();
                return server;
            },
            options => options.ReadyWhen(Ready.Tcp(port))).StartAsync().Within();

        Assert.That(server!.IsStarted, Is.True);
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(() => ConnectAsync(handle.Address).Within(), Throws.InstanceOf<SocketException>());
    }

    private static async Task ConnectAsync(Uri address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
    }
}
