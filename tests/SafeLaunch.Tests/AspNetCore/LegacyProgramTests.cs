using LegacyProgram;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.AspNetCore;

/// <summary>Unmodified programs that build the web host which came before the generic one.</summary>
[NonParallelizable]
public sealed class LegacyProgramTests
{
    private const string Variable = "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES";

    private static IEnumerable<TestCaseData> Launchers()
    {
        yield return Case("a program", _ => Launcher.ForProgram<Ledger>(options => options.UseLoopback()));
        yield return Case("Main", options => new(() => LegacyProgram.Program.Main([]), options));
        yield return Case("Run", options => new(() => LegacyProgram.Program.CreateWebHostBuilder().Build().Run(), options));
        yield return Case("RunAsync", options => new(() => LegacyProgram.Program.CreateWebHostBuilder().Build().RunAsync(), options));

        static TestCaseData Case(string name, Func<LaunchOptions, Launcher> launcher) => new TestCaseData(launcher).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Launchers))]
    public async Task A_legacy_web_host_is_detected_moved_and_stopped_by_its_own_code(Func<LaunchOptions, Launcher> launcher)
    {
        var stops = Ledger.Stops;
        await using var handle = await launcher(Options()).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(handle.Hosts, Has.Count.EqualTo(1));
        Assert.That(handle.Address.Port, Is.Not.EqualTo(5000));
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(() => client.GetStringAsync("/").Within(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Ledger.Stops, Is.EqualTo(stops + 1));
    }

    [TestCaseSource(nameof(Launchers))]
    public async Task Two_launches_of_a_legacy_web_host_run_at_once(Func<LaunchOptions, Launcher> launcher)
    {
        var recipe = launcher(Options());
        var first = recipe.StartAsync();
        await using var second = await recipe.StartAsync().Within();
        await (await first.Within()).StopAsync().Within();
        using var client = second.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
    }

    [Test]
    public async Task A_legacy_web_host_that_is_built_and_never_run_is_disposed_of_with_its_launch()
    {
        IServiceProvider? services = null;
        var handle = await Launcher.StartAsync(
            context =>
            {
                services = LegacyProgram.Program.CreateWebHostBuilder().Build().Services;
                context.SignalReady();
                context.Stopping.WaitHandle.WaitOne();
            },
            Options()).Within();
        Assert.That(services!.GetService<IServiceScopeFactory>(), Is.Not.Null);

        await handle.StopAsync().Within();

        Assert.That(() => services!.GetService<IServiceScopeFactory>(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_transient_hosted_service_of_a_legacy_web_host_is_constructed_once()
    {
        var constructed = 0;
        await using var handle = await Launcher.StartAsync(
            () =>
            {
                LegacyProgram.Program.CreateWebHostBuilder().ConfigureServices(services => services.AddTransient<IHostedService>(_ =>
                {
                    constructed++;
                    return new Hosting.CountingService();
                })).Build().Start();
            },
            Options()).Within();

        await handle.StopAsync().Within();

        Assert.That(constructed, Is.EqualTo(1));
    }

    [Test]
    public async Task A_legacy_web_host_that_was_only_started_is_stopped_with_its_services()
    {
        var stops = Ledger.Stops;
        await using var handle = await Launcher.StartAsync(() => { LegacyProgram.Program.CreateWebHostBuilder().Build().Start(); }, Options()).Within();
        using var client = handle.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(() => client.GetStringAsync("/").Within(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Ledger.Stops, Is.EqualTo(stops + 1));
    }

    [Test]
    public async Task A_legacy_web_host_takes_configuration_and_services_of_the_launch()
    {
        var options = Options().ConfigureServices(services => services.AddSingleton("added"));
        options.Configuration["Greeting"] = "hello";
        await using var handle = await Launcher.StartAsync(() => LegacyProgram.Program.Main([]), options).Within();
        using var client = handle.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("hello"));
        Assert.That(handle.Hosts[0].Services.GetRequiredService<string>(), Is.EqualTo("added"));
    }

    [Test]
    public void A_legacy_web_host_that_fails_to_start_fails_the_start_with_its_own_exception()
    {
        var error = new InvalidOperationException("no pipeline");

        Assert.That(
            () => Launcher.StartAsync(() => LegacyProgram.Program.CreateWebHostBuilder().Configure(_ => throw error).Build().Run(), Options()).Within(),
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
            await using var handle = await Launcher.StartAsync(() => { during = Environment.GetEnvironmentVariable(Variable); }, Options()).Within();

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
    private static LaunchOptions Options() => new LaunchOptions { StopTimeout = TimeSpan.FromMinutes(5) }.UseLoopback();
}
