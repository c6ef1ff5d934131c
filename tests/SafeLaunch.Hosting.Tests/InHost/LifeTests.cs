using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Hosting.Tests.InHost;

/// <summary>The life of a launch in a host: its start, its crash, its stop, and the things that it shares with the host.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LifeTests : IAsyncDisposable
{
    private readonly Outer outer = new();
    private readonly Steps steps = new();

    public ValueTask DisposeAsync() => this.outer.DisposeAsync();

    [Test]
    public async Task A_launch_starts_and_stops_with_its_host_behind_one_keyed_handle()
    {
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped);
        var handle = this.outer["shop"];
        Assert.That(handle.State, Is.EqualTo(LaunchState.NotStarted));

        await this.outer.StartAsync();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That((await handle.ThreadAsync()).Name, Is.EqualTo("shop"));
        await this.outer.StopAsync();

        Assert.That(handle.Completion.Result.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(this.outer["shop"], Is.SameAs(handle));
        Assert.That(this.outer.Launches["shop"], Is.SameAs(handle));
    }

    [TestCaseSource(nameof(Shapes))]
    public async Task Each_shape_of_a_delegate_can_be_added(Func<IServiceCollection, LaunchBuilder> add)
    {
        add(this.outer.Services);

        await this.outer.StartAsync();
        await this.outer.StopAsync();

        Assert.That(this.outer["shop"].Completion.Result.IsSuccess, Is.True);
    }

    [Test]
    public async Task A_launcher_of_the_services_of_the_host_can_be_added()
    {
        this.outer.Services.AddSingleton(new Uri("http://shop.test"));
        this.outer.Services.AddLaunch("shop", provider => Launcher.For(context =>
        {
            context.AddAddresses(provider.GetRequiredService<Uri>());
            TestLaunch.UntilStopped(context);
        }));

        await this.outer.StartAsync();

        Assert.That(this.outer["shop"].Address.Host, Is.EqualTo("shop.test"));
    }

    [Test]
    public void A_launch_that_was_added_with_a_launcher_refuses_options_with_the_remedy() =>
        Assert.That(
            () => this.outer.Services.AddLaunch("shop", _ => Launcher.For(() => { })).Configure(_ => { }),
            Throws.InvalidOperationException.With.Message.StartsWith("Launch 'shop' was added with a launcher"));

    [Test]
    public void A_start_that_fails_fails_the_start_of_the_host_with_the_exception_of_the_launched_code()
    {
        this.outer.Services.AddLaunch("good", TestLaunch.UntilStopped);
        this.outer.Services.AddLaunch("bad", () => throw new FormatException("of the app")).After("good");

        Assert.That(() => this.outer.StartAsync(), Throws.TypeOf<FormatException>().With.Message.EqualTo("of the app"));
        Assert.That(this.outer["good"].State, Is.EqualTo(LaunchState.Ended));
    }

    [Test]
    public async Task A_crash_stops_the_host_and_is_logged_as_critical()
    {
        var crash = Gate.NewSource();
        this.outer.Services.AddLaunch("shop", async context =>
        {
            context.SignalReady();
            await crash.Task.ConfigureAwait(false);
            throw new FormatException("of the app");
        });
        await this.outer.StartAsync();

        crash.SetResult();
        await this.outer.Host.WaitForShutdownAsync().Within();

        var record = this.outer.Log.All.Single(record => record.Level == LogLevel.Critical);
        Assert.That(record.Message, Is.EqualTo("Launch 'shop' has crashed, and the host stops for it. Its delegate threw. WhenCrashed keeps the host, and Supervised starts the launch again."));
        Assert.That(record.Exception, Is.TypeOf<FormatException>());
    }

    [Test]
    public async Task With_KeepHost_the_host_survives_a_crash_and_ILaunches_starts_the_launch_again()
    {
        var runs = 0;
        this.outer.Services.AddLaunch("shop", context =>
        {
            context.SignalReady();
            if (++runs == 1)
            {
                throw new FormatException("of the app");
            }

            context.Stopping.WaitHandle.WaitOne();
        }).WhenCrashed(LaunchCrash.KeepHost);
        await this.outer.StartAsync();
        var handle = this.outer["shop"];
        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));

        await this.outer.Launches.StartAsync("shop").Within();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.EarlierRuns.Single().Exception, Is.TypeOf<FormatException>());
        Assert.That(TestHosts.IsAskedToStop(this.outer.Host), Is.False);
    }

    [Test]
    public async Task A_supervised_launch_comes_back_behind_the_same_handle_and_the_host_goes_on()
    {
        var crasher = new Supervising.Crasher();
        this.outer.Services.AddLaunch("shop", crasher.RunAsync).Supervised(options => options.Delay = TimeSpan.Zero);
        await this.outer.StartAsync();

        await crasher.CrashAsync();
        await crasher.NextAsync();

        Assert.That(this.outer["shop"].EarlierRuns, Has.Count.EqualTo(1));
        Assert.That(TestHosts.IsAskedToStop(this.outer.Host), Is.False);
    }

    [Test]
    public async Task A_launch_is_restarted_by_name_on_the_same_port()
    {
        this.outer.Services.AddLaunch("shop", Serve).Configure(options => options.UseLoopback());
        await this.outer.StartAsync();
        var address = this.outer["shop"].Address;

        await this.outer.Launches.RestartAsync("shop").Within();

        Assert.That(this.outer["shop"].Address, Is.EqualTo(address));
        Assert.That(this.outer["shop"].EarlierRuns, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_launch_gets_the_address_of_the_launch_that_it_comes_after()
    {
        this.outer.Services.AddLaunch("shop", context =>
        {
            TestLaunch.UntilStopped(context);
        }).After("prices").Configure((services, options) =>
            options.Configuration["Prices"] = services.GetRequiredKeyedService<LaunchHandle>("prices").Address.ToString());
        this.outer.Services.AddLaunch("prices", Serve).Configure(options => options.UseLoopback());

        await this.outer.StartAsync();

        var prices = this.outer["shop"].LaunchServices.GetRequiredService<IConfiguration>()["Prices"];
        Assert.That(prices, Is.EqualTo(this.outer["prices"].Address.ToString()));
    }

    [Test]
    public async Task The_app_host_has_neither_the_services_nor_the_Activity_nor_the_AsyncLocals_of_the_outer_host()
    {
        var ambient = new AsyncLocal<string?> { Value = "outer" };
        using var activity = new Activity("outer").Start();
        var seen = Gate.NewSource<(string?, Activity?, object?)>();
        this.outer.Services.AddSingleton(this.steps);
        this.outer.Services.AddLaunch("shop", () =>
        {
            using var host = TestHosts.With();
            seen.SetResult((ambient.Value, Activity.Current, host.Services.GetService<Steps>()));
            host.Run();
        });

        await this.outer.StartAsync();

        Assert.That(await seen.Task.Within(), Is.EqualTo(((string?)null, (Activity?)null, (object?)null)));
        Assert.That(TestHosts.IsAskedToStop(this.outer.Host), Is.False);
    }

    [Test]
    public async Task A_cancelled_token_of_the_stop_of_the_host_ends_the_grace_of_its_launches_at_once()
    {
        using var gate = new ManualResetEventSlim();
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilOpened(gate)).Configure(options => options.StopTimeout = TimeSpan.FromHours(1));
        await this.outer.StartAsync();

        await this.outer.StopAsync(new(canceled: true));
        gate.Set();

        Assert.That(this.outer["shop"].Completion.Result.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        var record = this.outer.Log.All.First(record => record.Level == LogLevel.Error);
        Assert.That(record.Message, Does.Contain("'shop'").And.Contain(this.outer["shop"].Completion.Result.ThreadId.ToString()));
    }

    [Test]
    public async Task A_host_that_is_disposed_of_without_a_stop_leaves_no_launch_behind()
    {
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped);
        await this.outer.StartAsync();
        var handle = this.outer["shop"];

        this.outer.Host.Dispose();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
    }

    [Test]
    public async Task A_whole_program_can_be_added()
    {
        this.outer.Services.AddLaunchForProgram<LifeTests>("tests", options => options.PassHostArguments = false).StartWhen(LaunchStart.OnDemand);

        await this.outer.StartAsync();

        Assert.That(this.outer["tests"].State, Is.EqualTo(LaunchState.NotStarted));
    }

    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Case("Action", services => services.AddLaunch("shop", () => { }));
        yield return Case("Action of a context", services => services.AddLaunch("shop", context => context.SignalReady()));
        yield return Case("Func of a task", services => services.AddLaunch("shop", () => Task.CompletedTask));
        yield return Case("Func of a context and a task", services => services.AddLaunch("shop", context => Task.FromResult(context.Name)));
        yield return Case("Func of a server", services => services.AddLaunch("shop", () => new Disposable(() => { })));
        yield return Case("Func of a context and an exit code", services => services.AddLaunch("shop", context => context.Name.Length - 4));
        yield return Case("Func of a task with a server", services => services.AddLaunch("shop", () => Task.FromResult(new Disposable(() => { }))));
        yield return Case("async lambda", services => services.AddLaunch("shop", async () => await Task.Yield()));

        static TestCaseData Case(string name, Func<IServiceCollection, LaunchBuilder> add) => new TestCaseData(add).SetArgDisplayNames(name);
    }

    private static void Serve()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/", () => "served");
        app.Run();
    }
}
