using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>A guarded web server that was asked to stop and still listens.</summary>
public sealed class StoppingTests
{
    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    public async Task A_stopping_host_answers_what_it_can_and_refuses_the_reconnect_of_a_SignalR_client(bool requiresToken, bool listensByItself)
    {
        var mayStop = Gate.NewSource();
        var visitor = new LateVisitor(() => mayStop.Task.Within());
        await using var app = await GuardedApp.StartAsync(
            options => (listensByItself ? options.ReportAddresses() : options.UseLoopback()).GuardAccess(guard => guard.RequireToken = requiresToken),
            _ => Run(visitor));
        var answers = new ConcurrentQueue<HttpStatusCode>();
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(app.Handle.Address, "/hub"), http =>
            {
                http.AccessTokenProvider = () => Task.FromResult(app.Handle.GetAccessToken());
                http.HttpMessageHandlerFactory = inner => new AnswerRecorder(inner, answers);
            })
            .WithAutomaticReconnect([TimeSpan.Zero])
            .Build();
        var closed = Gate.NewSource();
        connection.Closed += _ =>
        {
            closed.SetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync().Within();
        Assert.That(await connection.InvokeAsync<string>(nameof(NameHub.Name)).Within(), Is.EqualTo(connection.ConnectionId));
        using var client = app.Handle.CreateClient();
        var first = answers.ToArray();

        // ASP.NET Core ends the connection when its host is asked to stop, and the client comes back at once.
        var stop = app.Handle.StopAsync();
        await closed.Task.Within();
        var page = await client.GetStringAsync("/").Within();
        var foreign = await app.GetAsync("Origin: http://evil.test");
        var stranger = await app.GetAsync();
        Assert.That(stop.IsCompleted, Is.False);
        mayStop.SetResult();
        var outcome = await stop.Within();

        Assert.That(first, Has.All.EqualTo(HttpStatusCode.OK));
        Assert.That(answers.Skip(first.Length), Is.EqualTo(new[] { HttpStatusCode.ServiceUnavailable }));
        Assert.That(page, Is.EqualTo("served"));
        Assert.That(foreign.Status, Is.EqualTo(403));
        Assert.That(stranger.Status, Is.EqualTo(requiresToken ? 401 : 200));
        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    private static void Run(IHostedService visitor)
    {
        var builder = WebHosts.Builder();
        builder.Services.AddSignalR();
        builder.Services.AddSingleton(visitor);
        var web = builder.Build();
        web.MapHub<NameHub>("/hub");
        web.MapGet("/", () => "served");
        web.Run();
    }

    private sealed class NameHub : Hub
    {
        public string Name() => this.Context.ConnectionId;
    }

    /// <summary>Keeps the status of each answer to an HTTP request of a client.</summary>
    private sealed class AnswerRecorder(HttpMessageHandler inner, ConcurrentQueue<HttpStatusCode> answers) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            answers.Enqueue(answer.StatusCode);
            return answer;
        }
    }
}
