using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting.Tests.InHost;
using SafeLaunch.Hosting.Tests.Supervising;

namespace SafeLaunch.Hosting.Tests.Health;

/// <summary>The health checks of the launches of a host.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HealthTests : IAsyncDisposable
{
    private readonly Outer outer = new();
    private readonly Crasher crasher = new();
    private readonly Clock clock = new();

    public HealthTests() => this.outer.Services.AddHealthChecks().AddLaunches();

    public ValueTask DisposeAsync() => this.outer.DisposeAsync();

    [Test]
    public async Task A_launch_is_degraded_before_its_start_healthy_while_it_is_ready_and_unhealthy_once_it_has_ended()
    {
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped);
        var before = await this.CheckAsync();
        await this.outer.StartAsync();
        var during = await this.CheckAsync();
        await this.outer.Launches.StopAsync("shop").Within();
        var after = await this.CheckAsync();

        Assert.That(before.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(during.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(after.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(after.Entries["launch:shop"].Description, Is.EqualTo("Launch 'shop': Stopped: It was asked to stop."));
        Assert.That(after.Entries["launches"].Description, Is.EqualTo("Launch 'shop': Stopped: It was asked to stop."));
    }

    [Test]
    public async Task A_supervised_launch_is_degraded_between_two_runs_and_recovers()
    {
        this.outer.Services.AddLaunch("shop", this.crasher.RunAsync).Supervised(options => options.TimeProvider = this.clock);
        await this.outer.StartAsync();
        await this.crasher.CrashAsync();
        await this.clock.DelayAsync();

        var between = (await this.CheckAsync()).Entries["launch:shop"];
        this.clock.Advance(TimeSpan.FromSeconds(30));
        await this.outer["shop"].BecomesAsync(LaunchState.Running);
        var after = (await this.CheckAsync()).Entries["launch:shop"];

        Assert.That(between.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(between.Description, Is.EqualTo("Launch 'shop': It is started again after a crash. Its delegate threw."));
        Assert.That(between.Exception, Is.TypeOf<InvalidOperationException>());
        Assert.That(after.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(after.Data["runs"], Is.EqualTo(2));
    }

    [Test]
    public async Task The_data_of_a_check_says_state_addresses_since_runs_and_reason()
    {
        this.outer.Services.AddLaunch("shop", context =>
        {
            context.SignalReady(new Uri("http://shop.test/"));
            context.Stopping.WaitHandle.WaitOne();
        });
        await this.outer.StartAsync();

        var data = (await this.CheckAsync()).Entries["launch:shop"].Data;

        Assert.That(data["state"], Is.EqualTo("Running"));
        Assert.That(data["addresses"], Is.EqualTo(new[] { "http://shop.test/" }));
        Assert.That(data["since"], Is.InstanceOf<DateTimeOffset>());
        Assert.That(data["runs"], Is.EqualTo(1));
        Assert.That(data["reason"], Is.EqualTo("It is ready."));
    }

    [TestCaseSource(nameof(Stalls))]
    public async Task A_launch_that_leaves_posted_work_unserved_is_degraded_until_the_work_is_served(Action<Task> stall)
    {
        this.outer.Services.AddLaunch("busy", () => { }).Configure(options => options.UnservedWorkTimeout = TimeSpan.FromMilliseconds(50));
        await this.outer.StartAsync();
        var mayEnd = Gate.NewSource();
        var isBusy = Gate.NewSource();
        var busy = this.outer["busy"].InvokeAsync(() =>
        {
            isBusy.SetResult();
            stall(mayEnd.Task);
        });
        await isBusy.Task.Within();
        var before = (await this.CheckAsync()).Entries["launch:busy"];
        var served = this.outer["busy"].InvokeAsync(() => { });

        var during = await this.BecomesAsync("launch:busy", HealthStatus.Degraded);
        mayEnd.SetResult();
        await busy.Within();
        await served.Within();
        var after = (await this.CheckAsync()).Entries["launch:busy"];

        Assert.That(before.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(during.Description, Does.Match(@"^Launch 'busy': It is ready, but 1 posted work item has waited for its thread for \d+\.\d s\.$"));
        Assert.That(during.Data["unservedWork"], Is.EqualTo(1));
        Assert.That(during.Data["unservedFor"], Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(50)));
        Assert.That(after.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(after.Data.Keys, Has.No.Member("unservedWork").And.No.Member("unservedFor"));
    }

    [Test]
    public async Task Checks_are_tagged_and_a_launch_on_demand_is_healthy_until_it_is_asked_for()
    {
        this.outer.Services.AddLaunch("report", TestLaunch.UntilStopped).StartWhen(LaunchStart.OnDemand);
        await this.outer.StartAsync();

        var report = await this.CheckAsync();

        Assert.That(report.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(report.Entries.Keys, Is.EquivalentTo(new[] { "launches", "launch:report" }));
        Assert.That(report.Entries["launch:report"].Tags, Is.EquivalentTo(new[] { "launch", "ready" }));
    }

    [Test]
    public async Task A_launch_that_drains_is_unhealthy_still_answers_and_then_stops()
    {
        this.outer.Services.AddSingleton<TimeProvider>(this.clock);
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).DrainFor(TimeSpan.FromSeconds(5));
        await this.outer.StartAsync();

        var stop = this.outer.StopAsync();
        Assert.That(await this.clock.DelayAsync(), Is.EqualTo(TimeSpan.FromSeconds(5)));
        var during = await this.CheckAsync();
        Assert.That(await this.outer["shop"].InvokeAsync(() => "answers").Within(), Is.EqualTo("answers"));
        this.clock.Advance(TimeSpan.FromSeconds(5));
        await stop;

        Assert.That(during.Entries["launch:shop"].Description, Is.EqualTo("Launch 'shop': It is about to stop, and drains."));
        Assert.That(during.Status, Is.EqualTo(HealthStatus.Unhealthy));
    }

    [Test]
    public async Task MapHealthChecks_of_the_outer_web_host_says_503_while_a_launch_is_down_and_200_again_after_its_relaunch()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHealthChecks().AddLaunches();
        builder.Services.AddLaunch("shop", TestLaunch.UntilStopped);
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapHealthChecks("/health", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains("ready"),
            ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(report.Entries["launches"].Data),
        });
        await app.StartAsync().Within();
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        var launches = app.Services.GetRequiredService<ILaunches>();

        Assert.That((await client.GetAsync("/health").Within()).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await launches.StopAsync("shop").Within();
        var down = await client.GetAsync("/health").Within();
        await launches.StartAsync("shop").Within();
        var up = await client.GetAsync("/health").Within();

        Assert.That(down.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(up.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var json = JsonDocument.Parse(await up.Content.ReadAsStringAsync());
        Assert.That(json.RootElement.GetProperty("shop").GetProperty("runs").GetInt32(), Is.EqualTo(2));
    }

    private static IEnumerable<TestCaseData> Stalls()
    {
        yield return Stall("a wait under another synchronization context", ended =>
        {
            var own = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(new());
            ended.Wait(Gate.Patience);
            SynchronizationContext.SetSynchronizationContext(own);
        });
        yield return Stall("a loop", ended =>
        {
            while (!ended.IsCompleted)
            {
                Thread.SpinWait(100);
            }
        });
        yield return Stall("Thread.Sleep", ended =>
        {
            while (!ended.IsCompleted)
            {
                Thread.Sleep(100);
            }
        });
    }

    private static TestCaseData Stall(string name, Action<Task> stall) => new TestCaseData(stall).SetArgDisplayNames(name);

    private async Task<HealthReportEntry> BecomesAsync(string check, HealthStatus status)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var entry = (await this.CheckAsync()).Entries[check];
            if (entry.Status == status)
            {
                return entry;
            }

            Assert.That(patience.Elapsed, Is.LessThan(Gate.Patience), $"{check} is {entry.Status}, not {status}");
            await Task.Delay(5);
        }
    }

    private Task<HealthReport> CheckAsync() => this.outer.Host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().Within();
}
