using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using SafeLaunch.Guarding;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>The Host header of requests that arrive over IPv6.</summary>
public sealed class HostRuleTests
{
    [TestCase("[::1]:{port}", 200)]
    [TestCase("[::1]", 200)]
    [TestCase("localhost:{port}", 200)]
    [TestCase("127.0.0.1", 200)]
    [TestCase("[0:0:0:0:0:0:0:1]", 421)]
    [TestCase("[::2]", 421)]
    [TestCase("[::ffff:127.0.0.1]", 421)]
    [TestCase("evil.test", 421)]
    public async Task A_server_on_the_loopback_of_IPv6_knows_its_names(string host, int status)
    {
        Assume.That(HasLoopback(), "This machine has no [::1].");
        await using var app = await GuardedApp.StartAsync(options => options.UseUrls("http://[::1]:0").GuardAccess());

        Assert.That(app.Handle.Address.Host, Is.EqualTo("[::1]"));
        Assert.That((await app.SendAsync("GET / HTTP/1.1", $"Host: {host.Replace("{port}", $"{app.Handle.Address.Port}", StringComparison.Ordinal)}")).Status, Is.EqualTo(status));
    }

    [TestCase("2001:db8::5", "[2001:db8::5]:5000", true)]
    [TestCase("2001:db8::5", "[2001:DB8::5]", true)]
    [TestCase("2001:db8::5", "[2001:db8:0::5]", false)]
    [TestCase("2001:db8::5", "2001:db8::5", false)]
    [TestCase("2001:db8::5", "[2001:db8::6]", false)]
    [TestCase("2001:db8::5", "evil.test", false)]
    [TestCase("fe80::5%3", "[fe80::5]", true)]
    [TestCase("fe80::5%3", "[fe80::5%3]", false)]
    [TestCase("::ffff:192.168.1.5", "192.168.1.5", true)]
    [TestCase("::ffff:192.168.1.5", "[::ffff:192.168.1.5]", false)]
    public void The_address_of_IPv6_at_which_a_request_arrives_is_a_name_of_the_server(string address, string host, bool isAllowed)
    {
        var context = new DefaultHttpContext();
        context.Connection.LocalIpAddress = IPAddress.Parse(address);
        context.Request.Headers.Host = host;

        Assert.That(new HostRule([]).Allows(context), Is.EqualTo(isAllowed));
    }

    private static bool HasLoopback()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
