using LegacyProgram;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.AspNetCore.Tests.Legacy;

/// <summary>Unmodified programs that build the web host which came before the generic one.</summary>
[NonParallelizable]
public sealed class LegacyProgramTests
{
    private const string Variable = "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES";

    private static IEnumerable<TestCaseData> Launchers()
    {
        yield return Case("a program", configure => Launcher.ForProgram<Ledger>(configure));
        yield return Case("Main", configure => Launcher.For(() => LegacyProgram.Program.Main([]), configure));
        yield return Case("Run", configure => Launcher.For(() => LegacyProgram.Program.CreateWebHostBuilder().Build().Run(), configure));
        yield return Case("RunAsync", configure => Launcher.For(() => LegacyProgram.Program.CreateWebHostBuilder().Build().RunAsync(), configure));

        static TestCaseData Case(string name, Func<Action<LaunchOptions>, Launcher> launcher) => new TestCaseData(launcher).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Launchers))]
    public async Task A_legacy_web_host_is_detected_moved_and_stopped_by_its_own_code(Func<Action<LaunchOptions>, Launcher> launcher)
    {
        var stops = Ledger.Stops;
        await using var handle = await launcher(OnLoopback).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(handle.Hosts, Has.Count.EqualTo(1));
        Assert.That(handle.Address.Port, Is.Not.EqualTo(5000));
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(() => client.GetStringAsync("/").Within(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Ledger.Stops, Is.EqualTo(stops + 1));
    }

    [TestCaseSource(nameof(Launchers))]
    public async Task Two_launches_of_a_legacy_web_host_run_at_once(Func<Action<LaunchOptions>, Launcher> launcher)
    {
        var made = launcher(OnLoopback);
        var first = made.StartAsync();
        await using var second = await made.StartAsync().Within();
        await (await first.Within()).StopAsync().Within();
        using var client = second.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
    }

    [Test]
    public async Task A_legacy_web_host_that_is_built_and_never_run_is_disposed_of_with_its_launch()
    {
        IServiceProvider? services = null;
        var handle = await Launcher.For(
            context =>
            {
                services = LegacyProgram.Program.CreateWebHostBuilder().Build().Services;
                context.SignalReady();
                context.Stopping.WaitHandle.WaitOne();
            },
            OnLoopback).StartAsync().Within();
        Assert.That(services!.GetService<IServiceScopeFactory>(), Is.Not.Null);

        await handle.StopAsync().Within();

        Assert.That(() => services!.GetService<IServiceScopeFactory>(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_transient_hosted_service_of_a_legacy_web_host_is_constructed_once()
    {
        var constructed = 0;
        await using var handle = await Launcher.For(
            () =>
            {
                LegacyProgram.Program.CreateWebHostBuilder().ConfigureServices(services => services.AddTransient<IHostedService>(_ =>
                {
                    constructed++;
                    return new CountingService();
                })).Build().Start();
            },
            OnLoopback).StartAsync().Within();

        await handle.StopAsync().Within();

        Assert.That(constructed, Is.EqualTo(1));
    }

    [Test]
    public async Task A_legacy_web_host_that_was_only_started_is_stopped_with_its_services()
    {
        var stops = Ledger.Stops;
        await using var handle = await Launcher.For(() => { LegacyProgram.Program.CreateWebHostBuilder().Build().Start(); }, OnLoopback).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(() => client.GetStringAsync("/").Within(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Ledger.Stops, Is.EqualTo(stops + 1));
    }

    [Test]
    public async Task A_legacy_web_host_takes_configuration_and_services_of_the_launch()
    {
        await using var handle = await Launcher.For(() => LegacyProgram.Program.Main([]), options =>
        {
            OnLoopback(options);
            options.Configuration["Greeting"] = "hello";
            options.ConfigureServices(services => services.AddSingleton("added"));
        }).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("hello"));
        Assert.That(handle.Services.GetRequiredService<string>(), Is.EqualTo("added"));
    }

    [Test]
    public void A_legacy_web_host_that_fails_to_start_fails_the_start_with_its_own_exception()
    {
        var error = new InvalidOperationException("no pipeline");

        Assert.That(
            () => Launcher.For(() => LegacyProgram.Program.CreateWebHostBuilder().Configure(_ => throw error).Build().Run(), OnLoopback).StartAsync().Within(),
            Throws.Exception.SameAs(error));
    }

    [TestCase(null)]
    [TestCase("Another;SafeLaunch.AspNetCore")]
    public async Task The_environment_variable_is_as_before_once_the_launch_is_ready(string? before)
    {
        Environment.SetEnvironmentVariable(Variable, before);
        try
        {
            string? during = null;
            await using var handle = await Launcher.For(() => { during = Environment.GetEnvironmentVariable(Variable); }, OnLoopback).StartAsync().Within();

            Assert.That(during, Is.EqualTo(before ?? "SafeLaunch.AspNetCore"));
            Assert.That(Environment.GetEnvironmentVariable(Variable), Is.EqualTo(before));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Test]
    public async Task A_legacy_web_host_outside_of_launches_is_left_alone()
    {
        Environment.SetEnvironmentVariable(Variable, "SafeLaunch.AspNetCore");
        try
        {
            using var host = LegacyProgram.Program.CreateWebHostBuilder().UseUrls("http://127.0.0.1:0").Configure(app => app.Run(context => context.Response.WriteAsync("own"))).Build();
            await host.StartAsync().Within();
            Assert.That(host.Services.GetServices<IStartupFilter>().Select(filter => filter.GetType().Namespace), Has.None.StartsWith("SafeLaunch"));
            await host.StopAsync().Within();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    /// <summary>No stop of these may need the time.</summary>
    private static void OnLoopback(LaunchOptions options)
    {
        options.StopTimeout = TimeSpan.FromMinutes(5);
        options.UseLoopback();
    }
}
