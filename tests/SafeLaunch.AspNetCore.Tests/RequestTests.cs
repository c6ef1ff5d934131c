using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.AspNetCore.Tests;

/// <summary>Requests during the stop of their launch, and requests that stop it.</summary>
public sealed class RequestTests
{
    private const string Stopped = "Stopped: It was asked to stop.";

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_request_that_is_being_served_is_given_its_time(bool isParked)
    {
        var entered = Gate.NewSource();
        var gate = Gate.NewSource();
        await using var handle = await StartAsync(
            app => app.MapGet("/", async () =>
            {
                entered.SetResult();
                await gate.Task;
                return "answered";
            }),
            isParked).Within();
        using var client = handle.CreateClient();
        var request = client.GetAsync("/");
        await entered.Task.Within();
        var hostStops = Gate.NewSource();
        TestHosts.LifetimeOf(handle.Hosts[0]).ApplicationStopping.Register(() => hostStops.TrySetResult());

        var stop = handle.StopAsync();
        await hostStops.Task.Within();
        Assert.That(stop.IsCompleted, Is.False);
        gate.SetResult();
        using var response = await request.Within();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync().Within(), Is.EqualTo("answered"));
        Assert.That((await stop.Within()).ToString(), Is.EqualTo(Stopped));
    }

    [Test]
    public async Task A_request_that_comes_when_the_host_was_asked_to_stop_is_answered()
    {
        string? answer = null;
        var outcome = await VisitLateAsync(async handle =>
        {
            using var client = handle.CreateClient();
            answer = await client.GetStringAsync("/").Within();
        });

        Assert.That(answer, Is.EqualTo("answered"));
        Assert.That(outcome.ToString(), Is.EqualTo(Stopped));
    }

    [TestCase(HttpTransportType.WebSockets, true)]
    [TestCase(HttpTransportType.WebSockets, false)]
    [TestCase(HttpTransportType.ServerSentEvents, false)]
    [TestCase(HttpTransportType.LongPolling, false)]
    public async Task A_SignalR_client_that_comes_when_the_host_was_asked_to_stop_is_refused(HttpTransportType transport, bool skipsNegotiation)
    {
        Exception? refused = null;
        var outcome = await VisitLateAsync(async handle =>
        {
            await using var connection = new HubConnectionBuilder().WithUrl(
                new Uri(handle.Address, "/hub"),
                http =>
                {
                    http.Transports = transport;
                    http.SkipNegotiation = skipsNegotiation;
                }).Build();
            refused = Assert.CatchAsync(() => connection.StartAsync().Within());
        });

        Assert.That(refused!.ToString(), Does.Contain("503"));
        Assert.That(outcome.ToString(), Is.EqualTo(Stopped));
    }

    [Test]
    public async Task A_message_to_a_hub_that_comes_when_the_host_was_asked_to_stop_reaches_SignalR()
    {
        HttpStatusCode? answer = null;
        await VisitLateAsync(async handle =>
        {
            using var client = handle.CreateClient();
            using var response = await client.PostAsync("/hub?id=gone", content: null).Within();
            answer = response.StatusCode;
        });

        Assert.That(answer, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_stream_of_server_sent_events_that_never_ends_is_ended_in_time(bool isParked)
    {
        await using var handle = await StartAsync(app => app.MapGet("/", SendEventsAsync), isParked).Within();
        using var client = handle.CreateClient();
        await using var stream = await client.GetStreamAsync("/").Within();
        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadLineAsync().Within(), Is.EqualTo("data: first"));

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo(Stopped));
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(() => ReadToEndAsync(reader).Within(), Throws.InstanceOf<IOException>());

        // It watches neither its own token nor that of the host, as many a handler does.
        static async Task SendEventsAsync(HttpContext context)
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: first\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
    }

    [Test]
    public async Task An_open_WebSocket_is_ended_in_time()
    {
        await using var handle = await StartAsync(
            app =>
            {
                app.UseWebSockets();
                app.Map("/", async (HttpContext context) =>
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    await socket.ReceiveAsync(new byte[1].AsMemory(), CancellationToken.None);
                });
            }).Within();
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new UriBuilder(handle.Address) { Scheme = "ws" }.Uri, CancellationToken.None).Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo(Stopped));
        Assert.That(() => client.ReceiveAsync(new byte[1].AsMemory(), CancellationToken.None).AsTask().Within(), Throws.InstanceOf<WebSocketException>());
    }

    [Test]
    public async Task An_open_SignalR_connection_is_ended_in_time()
    {
        await using var handle = await StartAsync(
            app => app.MapHub<WhoAmIHub>("/hub"),
            configure: builder => builder.Services.AddSignalR()).Within();
        await using var connection = new HubConnectionBuilder().WithUrl(new Uri(handle.Address, "/hub")).Build();
        var closed = Gate.NewSource();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync().Within();
        Assert.That(await connection.InvokeAsync<string>(nameof(WhoAmIHub.WhoAmI)).Within(), Is.EqualTo(connection.ConnectionId));

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo(Stopped));
        await closed.Task.Within();
    }

    [Test]
    public async Task A_host_that_a_request_stops_has_returned()
    {
        await using var handle = await StartAsync(app => app.MapPost("/stop", (IHostApplicationLifetime lifetime) => lifetime.StopApplication())).Within();
        using var client = handle.CreateClient();

        using var response = await client.PostAsync("/stop", content: null).Within();
        var outcome = await handle.Completion.Within();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_request_may_ask_its_launch_to_stop()
    {
        LaunchHandle? held = null;
        await using var handle = await StartAsync(app => app.MapPost("/stop", () => held!.RequestStop())).Within();
        held = handle;
        using var client = handle.CreateClient();

        using var response = await client.PostAsync("/stop", content: null).Within();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await handle.Completion.Within()).ToString(), Is.EqualTo(Stopped));
    }

    [Test]
    public async Task A_request_is_not_inside_of_its_launch_so_that_a_stop_in_it_waits_until_the_request_is_aborted()
    {
        LaunchHandle? held = null;
        await using var handle = await StartAsync(app => app.MapPost("/stop", async () => $"{await held!.StopAsync()}")).Within();
        held = handle;
        using var client = handle.CreateClient();

        var request = client.PostAsync("/stop", content: null);
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(() => request.Within(), Throws.InstanceOf<HttpRequestException>());
    }

    private static Task<LaunchHandle> StartAsync(Action<WebApplication> map, bool isParked = true, Action<WebApplicationBuilder>? configure = null) => Launcher.For(
        () =>
        {
            var builder = WebHosts.Builder();
            configure?.Invoke(builder);
            var app = builder.Build();
            map(app);
            app.Start();
            if (isParked)
            {
                app.WaitForShutdown();
            }
        },
        options =>
        {
            options.StopTimeout = TimeSpan.FromSeconds(3);
            options.UseLoopback();
        }).StartAsync();

    /// <summary>Stops an app with a hub; the visit comes while its server still listens.</summary>
    private static async Task<LaunchOutcome> VisitLateAsync(Func<LaunchHandle, Task> visit)
    {
        LaunchHandle? held = null;
        var visitor = new LateVisitor(() => visit(held!));
        await using var handle = await StartAsync(
            app =>
            {
                app.MapGet("/", () => "answered");
                app.MapHub<WhoAmIHub>("/hub");
            },
            configure: builder =>
            {
                builder.Services.AddSignalR();
                builder.Services.AddSingleton<IHostedService>(visitor);
            }).Within();
        held = handle;
        return await handle.StopAsync().Within();
    }

    private static async Task ReadToEndAsync(StreamReader reader) => await reader.ReadToEndAsync();

    private sealed class WhoAmIHub : Hub
    {
        public string WhoAmI() => this.Context.ConnectionId;
    }
}
