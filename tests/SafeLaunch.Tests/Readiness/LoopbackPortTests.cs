using System.Net;
using System.Net.Sockets;
using SafeLaunch.Readiness;

namespace SafeLaunch.Tests.Readiness;

[Parallelizable(ParallelScope.All)]
public sealed class LoopbackPortTests
{
    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    [TestCase("shop.localhost")]
    public void A_port_on_which_a_server_listens_is_taken(string host)
    {
        using var server = new TakenPort();

        Assert.That(LoopbackPort.IsTaken(host, server.Port), Is.True);
    }

    [TestCase("::1")]
    [TestCase("localhost")]
    public void A_port_on_which_a_server_listens_by_IPv6_alone_is_taken(string host)
    {
        Assume.That(Socket.OSSupportsIPv6, Is.True);
        using var server = new TcpListener(IPAddress.IPv6Loopback, port: 0);
        server.Start();

        Assert.That(LoopbackPort.IsTaken(host, ((IPEndPoint)server.LocalEndpoint).Port), Is.True);
    }

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [TestCase("localhost")]
    public void A_port_on_which_nothing_listens_is_not_taken(string host) =>
        Assert.That(LoopbackPort.IsTaken(host, TakenPort.ThatIsFreeAgain()), Is.False);

    [Test]
    public void The_port_of_a_server_that_has_ended_is_not_taken()
    {
        var server = new TakenPort();
        _ = LoopbackPort.IsTaken("127.0.0.1", server.Port);
        server.Dispose();

        Assert.That(LoopbackPort.IsTaken("127.0.0.1", server.Port), Is.False);
    }

    [Test]
    [Platform("Unix")]
    public void The_port_of_a_server_that_takes_no_further_connection_is_taken()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen(backlog: 1);
        var port = ((IPEndPoint)server.LocalEndPoint!).Port;
        var callers = Enumerable.Range(0, 8).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToArray();
        foreach (var caller in callers)
        {
            _ = caller.ConnectAsync(IPAddress.Loopback, port);
        }

        Assert.That(LoopbackPort.IsTaken("127.0.0.1", port), Is.True);
        Array.ForEach(callers, caller => caller.Dispose());
    }
}
