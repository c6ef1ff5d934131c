using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.AspNetCore.Tests.Page;

/// <summary>The endpoints of the page of the launches.</summary>
public sealed class LaunchesPageTests
{
    [Test]
    public async Task The_page_and_its_parts_come_from_the_assembly_with_a_strict_policy()
    {
        await using var server = await PageServer.StartAsync(app => app.MapLaunches("/launches", launches: []));
        foreach (var path in new[] { "", "page.css", "page.js", "launch.js", "plot.js", "icon.svg" })
        {
            var answer = await server.GetAsync($"/launches/{path}");
            Assert.That(answer.Status, Is.EqualTo(200), path);
            Assert.That(answer.Text, Does.Contain("Content-Security-Policy: default-src 'none'; script-src 'self';").And.Contain("frame-ancestors 'none'").And.Contain("X-Content-Type-Options: nosniff"));
        }
    }

    [TestCase("/launches", "./launches/")]
    [TestCase("/admin/launches", "./launches/")]
    public async Task An_address_without_the_last_slash_leads_to_the_page(string pattern, string location)
    {
        await using var server = await PageServer.StartAsync(app => app.MapLaunches(pattern, launches: []));
        var answer = await server.GetAsync(pattern);

        Assert.That(answer.Status, Is.EqualTo(302));
        Assert.That(answer.Text, Does.Contain($"Location: {location}\r\n"));
    }

    [Test]
    public async Task An_app_without_launches_is_told_where_they_come_from()
    {
        await using var app = WebHosts.Builder().Build();
        Assert.That(() => app.MapLaunches(), Throws.InvalidOperationException.With.Message.Contains("AddLaunch").And.Message.Contains("handles"));
    }

    [Test]
    public async Task Two_handles_of_one_name_are_refused_at_the_call()
    {
        await using var app = WebHosts.Builder().Build();
        await using var one = await Launcher.For(TestLaunch.UntilStopped).StartAsync().Within();
        await using var other = await Launcher.For(TestLaunch.UntilStopped).StartAsync().Within();
        Assert.That(() => app.MapLaunches("/launches", one, other), Throws.ArgumentException.With.Message.Contains("Two launches are named 'launch'"));
        Assert.That(() => app.MapLaunches("/launches", one, null!), Throws.ArgumentNullException);
    }

    [Test]
    public async Task A_launch_that_the_program_has_started_itself_can_be_stopped_and_not_started()
    {
        await using var shop = await Launcher.For(TestLaunch.UntilStopped, options => options.Name = "shop").StartAsync().Within();
        await using var server = await PageServer.StartAsync(app => app.MapLaunches("/launches", shop));
        Assert.That(Strings((await FirstEventAsync(server, "shop")).GetProperty("actions")), Is.EqualTo(new[] { "stop" }));

        Assert.That((await server.ActAsync("restart?launch=shop")).Text, Does.Contain("can only be stopped here"));
        Assert.That(shop.State, Is.EqualTo(LaunchState.Running));
        Assert.That((await server.ActAsync("stop?launch=shop")).Status, Is.EqualTo(200));
        Assert.That((await server.ActAsync("start?launch=shop")).Status, Is.EqualTo(409));
        Assert.That(Strings((await FirstEventAsync(server, "shop")).GetProperty("actions")), Is.Empty);
    }

    [Test]
    public async Task A_name_that_no_launch_has_is_not_found()
    {
        await using var server = await PageServer.StartAsync(app => app.MapLaunches("/launches", launches: []));

        Assert.That((await server.ActAsync("stop?launch=shop")).Status, Is.EqualTo(404));
        Assert.That((await server.ActAsync("stop")).Status, Is.EqualTo(404));
        Assert.That((await server.GetAsync("/launches/open?launch=shop", "Sec-Fetch-Site: same-origin")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_start_that_fails_answers_with_the_error_and_is_logged()
    {
        using var log = new LogRecorder();
        await using var server = await PageServer.StartAsync(app => app.MapLaunches(), services =>
        {
            services.AddSingleton(log.Factory);
            services.AddLaunch("shop", () => throw new InvalidOperationException("no till")).StartWhen(LaunchStart.OnDemand);
        });

        var answer = await server.ActAsync("start?launch=shop");

        Assert.That(answer.Status, Is.EqualTo(409));
        Assert.That(answer.Text, Does.Contain("The start of shop has failed: no till"));
        Assert.That(log.Of(43).Single().Exception, Has.Message.EqualTo("no till"));
        Assert.That((await FirstEventAsync(server, "shop")).GetProperty("outcome").GetProperty("kind").GetString(), Is.EqualTo("Crashed"));
    }

    [Test]
    public async Task An_open_page_does_not_hold_up_the_stop_of_its_server()
    {
        var server = await PageServer.StartAsync(app => app.MapLaunches("/launches", launches: []));
        using var client = new HttpClient { BaseAddress = server.Address };
        using var events = new StreamReader(await client.GetStreamAsync(new Uri("/launches/events", UriKind.Relative)).Within());
        await events.ReadLineAsync().Within();

        await server.DisposeAsync();

        Assert.That(await events.ReadToEndAsync().Within(), Does.Not.Contain("\"launches\":null"));
    }

    [Test]
    public async Task An_event_has_the_queue_and_the_length_of_a_stop()
    {
        using var gate = new ManualResetEventSlim();
        var isBusy = Gate.NewSource();
        await using var shop = await Launcher.For(TestLaunch.UntilStopped, options => (options.Name, options.StopTimeout) = ("shop", TimeSpan.FromSeconds(30))).StartAsync().Within();
        await using var server = await PageServer.StartAsync(app => app.MapLaunches("/launches", shop));
        shop.SynchronizationContext.Post(_ => Hold(), state: null);
        await isBusy.Task.Within();
        shop.SynchronizationContext.Post(_ => { }, state: null);
        shop.SynchronizationContext.Post(_ => { }, state: null);

        var view = await FirstEventAsync(server, "shop");
        gate.Set();

        Assert.That(view.GetProperty("queue").GetInt32(), Is.EqualTo(2));
        Assert.That(view.GetProperty("stopSeconds").GetDouble(), Is.EqualTo(32));
        Assert.That(view.GetProperty("state").GetString(), Is.EqualTo("Running"));

        void Hold()
        {
            // Without the context of the launch a wait serves nothing of its queue.
            var context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            isBusy.SetResult();
            gate.Wait(Gate.Patience);
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    [Test]
    public async Task The_page_of_a_guarded_launch_asks_for_its_token_and_answers_by_the_names_that_its_guard_allows()
    {
        await using var desk = await Launcher.For(
            () =>
            {
                var app = WebHosts.Builder().Build();
                app.MapLaunches("/launches", launches: []);
                app.Run();
            },
            options => options.UseLoopback().GuardAccess(guard =>
            {
                guard.RequireToken = true;
                guard.AllowedHosts.Add("desk.example");
            })).StartAsync().Within();

        Assert.That((await RawRequest.SendAsync(desk.Address, "GET /launches/ HTTP/1.1", "Host: desk.example", "Connection: close")).Status, Is.EqualTo((int)HttpStatusCode.Unauthorized));
        Assert.That((await RawRequest.SendAsync(desk.Address, "GET /launches/ HTTP/1.1", "Host: desk.example", $"Authorization: Bearer {desk.GetAccessToken()}", "Connection: close")).Status, Is.EqualTo((int)HttpStatusCode.OK));
    }

    private static string?[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString())];

    private static async Task<JsonElement> FirstEventAsync(PageServer server, string launch)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var events = new StreamReader(await client.GetStreamAsync(new Uri("/launches/events", UriKind.Relative)).Within());
        var line = await events.ReadLineAsync().Within();
        return JsonSerializer.Deserialize<JsonElement>(line!["data: ".Length..]).GetProperty("launches").EnumerateArray().Single(one => launch.Equals(one.GetProperty("name").GetString(), StringComparison.Ordinal));
    }
}
