using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using GrpcProgram;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>A gRPC program is launched unmodified behind the guard, and called by the client of gRPC and by that of gRPC-Web.</summary>
[TestFixture(Wire.Grpc, false)]
[TestFixture(Wire.Grpc, true)]
[TestFixture(Wire.GrpcWeb, false)]
[TestFixture(Wire.GrpcWeb, true)]
public sealed class GrpcTests(GrpcTests.Wire wire, bool requiresToken)
{
    private LaunchHandle handle = null!;

    public enum Wire
    {
        Grpc,
        GrpcWeb,
    }

    [OneTimeSetUp]
    public async Task Launch() => this.handle = await Launcher.ForProgram<CounterService>(options =>
    {
        // Without TLS, an endpoint speaks one version of HTTP only.
        options.Configuration["Kestrel:EndpointDefaults:Protocols"] = wire is Wire.Grpc ? "Http2" : "Http1";
        options.UseLoopback().GuardAccess(guard => guard.RequireToken = requiresToken);
    }).StartAsync().Within();

    [OneTimeTearDown]
    public async Task Stop() => await this.handle.DisposeAsync();

    [Test]
    public async Task A_program_is_served()
    {
        using var channel = this.Connect(this.Client());

        Assert.That(await CountAsync(channel), Is.Positive);
        Assert.That(await CountDownAsync(channel), Is.Positive);
    }

    [Test]
    public async Task A_page_of_the_server_is_served()
    {
        using var channel = this.Connect(this.Client(new Header("Origin", this.handle.Address.GetLeftPart(UriPartial.Authority))));

        Assert.That(await CountAsync(channel), Is.Positive);
        Assert.That(await CountDownAsync(channel), Is.Positive);
    }

    [Test]
    public Task A_page_of_a_foreign_origin_is_refused_and_no_call_is_made() =>
        this.IsRefusedAsync(this.Client(new Header("Origin", "http://evil.test")), StatusCode.PermissionDenied, "403");

    [Test]
    public Task A_page_of_another_local_port_is_refused_and_no_call_is_made() =>
        this.IsRefusedAsync(this.Client(new Header("Origin", "http://localhost:1")), StatusCode.PermissionDenied, "403");

    [Test]
    public Task A_page_of_a_rebound_name_is_refused_and_no_call_is_made() =>
        this.IsRefusedAsync(this.Client(new Header("Host", "evil.test")), StatusCode.Unknown, "421");

    [Test]
    public async Task A_program_without_the_token_is_refused_and_no_call_is_made_where_the_token_is_required()
    {
        var stranger = new HttpClient(this.Translate(new SocketsHttpHandler { UseProxy = false })) { BaseAddress = this.handle.Address };
        if (requiresToken)
        {
            await this.IsRefusedAsync(stranger, StatusCode.Unauthenticated, "401");
        }
        else
        {
            using var channel = this.Connect(stranger);
            Assert.That(await CountAsync(channel), Is.Positive);
        }
    }

    [Test]
    public async Task A_program_brings_the_token_as_a_bearer()
    {
        using var channel = this.Connect(new HttpClient(this.Translate(new SocketsHttpHandler { UseProxy = false })) { BaseAddress = this.handle.Address });
        Metadata headers = new() { { "Authorization", $"Bearer {this.handle.GetAccessToken()}" } };

        Assert.That(await CountAsync(channel, headers), Is.Positive);
    }

    private static async Task<int> CountAsync(GrpcChannel channel, Metadata? headers = null)
    {
        using var call = new Counter.CounterClient(channel).CountAsync(new CountRequest(), headers);
        return (await call.ResponseAsync.Within()).Count;
    }

    private static async Task<int> CountDownAsync(GrpcChannel channel)
    {
        using var call = new Counter.CounterClient(channel).CountDown(new CountRequest());
        var replies = 0;
        while (await call.ResponseStream.MoveNext(CancellationToken.None).Within())
        {
            replies++;
        }

        return replies;
    }

    /// <summary>The test's own calls are the only ones that are counted in between, since the tests of a fixture run one after another.</summary>
    private async Task IsRefusedAsync(HttpClient client, StatusCode status, string rule)
    {
        using var friend = this.Connect(this.Client());
        using var channel = this.Connect(client);
        var before = await CountAsync(friend);

        Assert.That(() => CountAsync(channel), Refused());
        Assert.That(() => CountDownAsync(channel), Refused());
        Assert.That(await CountAsync(friend), Is.EqualTo(before + 1));

        NUnit.Framework.Constraints.IResolveConstraint Refused() =>
            Throws.InstanceOf<RpcException>().With.Property(nameof(RpcException.StatusCode)).EqualTo(status).And.Message.Contains(rule);
    }

    private GrpcChannel Connect(HttpClient client) =>
        GrpcChannel.ForAddress(this.handle.Address, new() { HttpClient = client, DisposeHttpClient = true, HttpVersion = wire is Wire.Grpc ? HttpVersion.Version20 : HttpVersion.Version11 });

    private HttpClient Client(params DelegatingHandler[] handlers) =>
        this.handle.CreateClient(configure: null, [.. wire is Wire.GrpcWeb ? [new GrpcWebHandler(GrpcWebMode.GrpcWeb)] : Array.Empty<DelegatingHandler>(), .. handlers]);

    private HttpMessageHandler Translate(HttpMessageHandler sockets) =>
        wire is Wire.GrpcWeb ? new GrpcWebHandler(GrpcWebMode.GrpcWeb, sockets) : sockets;

    /// <summary>Adds a header as a page of a browser would have it.</summary>
    private sealed class Header(string name, string value) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add(name, value);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
