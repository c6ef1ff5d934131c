using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>The data that a child process is given, and the data that comes back.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BorderTests
{
    [Test]
    public async Task Configuration_overrides_that_of_the_app()
    {
        await using var server = await ChildServer.StartAsync(options => options.Configuration["Price"] = "4");

        Assert.That(await server.GetAsync("/configuration/Price"), Is.EqualTo("4"));
    }

    [Test]
    public async Task Environment_variables_are_added_and_taken_away()
    {
        await using var server = await ChildServer.StartAsync(configureChild: child =>
        {
            child.EnvironmentVariables["SHOP"] = "open";
            child.EnvironmentVariables["PATH"] = null;
        });

        Assert.That(await server.GetAsync("/variable/SHOP"), Is.EqualTo("open"));
        Assert.That(await server.GetAsync("/variable/PATH"), Is.Empty);
    }

    [Test]
    public async Task The_current_directory_is_the_one_that_was_asked_for()
    {
        await using var server = await ChildServer.StartAsync(configureChild: child => child.WorkingDirectory = "/usr");

        Assert.That(await server.GetAsync("/folder"), Is.EqualTo("/usr"));
    }

    [TestCase("SAFELAUNCH_CHILD")]
    [TestCase("DOTNET_STARTUP_HOOKS")]
    public async Task Processes_that_the_child_starts_do_not_have_the_variable(string variable)
    {
        await using var server = await ChildServer.StartAsync();

        Assert.That(await server.GetAsync($"/variable/{variable}"), Is.Empty);
    }

    [Test]
    public async Task A_startup_hook_that_is_there_runs_first_and_stays_for_the_processes_of_the_child()
    {
        var hook = typeof(BorderTests).Assembly.Location;
        await using var server = await ChildServer.StartAsync(configureChild: child => child.EnvironmentVariables["DOTNET_STARTUP_HOOKS"] = hook);

        Assert.That(await server.GetAsync("/variable/HOOKED"), Is.EqualTo("yes"));
        Assert.That(await server.GetAsync("/variable/DOTNET_STARTUP_HOOKS"), Is.EqualTo(hook));
    }

    [Test]
    public async Task The_guard_and_its_token_work_in_the_child()
    {
        await using var server = await ChildServer.StartAsync(options => options.GuardAccess(guard => guard.RequireToken = true));
        using var stranger = new HttpClient { BaseAddress = server.Handle.Address };
        using var page = new HttpRequestMessage(HttpMethod.Get, "/");
        page.Headers.Add("Origin", "http://evil.test");
        page.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var withoutToken = await stranger.GetAsync("/").Within();
        using var ofOtherPage = await stranger.SendAsync(page).Within();
        using var withAccessUri = await stranger.GetAsync(server.Handle.AccessUri).Within();

        Assert.That(await server.GetAsync("/"), Is.EqualTo("served"));
        Assert.That(withoutToken.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(ofOtherPage.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(withAccessUri.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_token_of_a_child_launch_opens_it_after_its_host_has_started_it_again()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddLaunch("shop", _ => Launcher.For(ChildCode.Serve, options => options.UseLoopback().GuardAccess(guard => guard.RequireToken = true)).InChildProcess());
        using var host = builder.Build();
        await host.StartAsync().Within();
        var launches = host.Services.GetRequiredService<ILaunches>();
        var token = launches["shop"].GetAccessToken();

        await launches.RestartAsync("shop").Within();
        using var client = launches["shop"].CreateClient();
        using var answer = await client.GetAsync("/").Within();
        await host.StopAsync().Within();

        Assert.That(launches["shop"].GetAccessToken(), Is.EqualTo(token));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task OpenBrowser_opens_a_page_of_the_child_once_by_a_key_that_this_process_has_made()
    {
        using var desktop = new WritingDesktop();
        await using var server = await ChildServer.StartAsync(options => options.GuardAccess(guard => guard.RequireToken = true));

        Assert.That(server.Handle.OpenBrowser("/process", desktop.Desktop), Is.True);

        var address = await desktop.ReadAddressAsync();
        using var first = new HttpClient();
        using var second = new HttpClient();
        Assert.That(await first.GetStringAsync(address).Within(), Is.EqualTo(await server.GetAsync("/process")));
        using var again = await second.GetAsync(address).Within();
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task UseLoopback_of_the_child_options_serves_a_process_without_ASP_NET_Core()
    {
        await using var handle = await Launcher.For(ChildCode.Serve).InChildProcess(child => child.UseLoopback = true).StartAsync().Within();

        Assert.That(handle.Address.Host, Is.EqualTo("127.0.0.1"));
    }

    [Test]
    public async Task A_static_method_changes_the_options_in_the_child()
    {
        await using var server = await ChildServer.StartAsync(configureChild: child => child.ConfigureInChild(ChildCode.Greet));

        Assert.That(await server.GetAsync("/greeting"), Is.EqualTo("Good morning."));
    }

    [Test]
    public async Task A_log_entry_of_the_app_is_one_of_this_process_with_category_and_level()
    {
        using var log = new LogRecorder();
        await using var server = await ChildServer.StartAsync(options => options.LoggerFactory = log.Factory);

        await server.GetAsync("/log/bread");

        var entry = await log.WaitForAsync(record => record.Message.Contains("bread", StringComparison.Ordinal));
        Assert.That(entry.Level, Is.EqualTo(LogLevel.Warning));
        Assert.That(entry.Category, Is.EqualTo("SafeLaunch.Processes.Tests"));
        Assert.That(entry.Message, Is.EqualTo("Asked for bread."));
    }

    [TestCase("print")]
    [TestCase("print-error")]
    public async Task A_line_that_the_child_prints_is_a_log_entry(string stream)
    {
        using var log = new LogRecorder();
        await using var server = await ChildServer.StartAsync(options => options.LoggerFactory = log.Factory);

        await server.GetAsync($"/{stream}/bread");

        var entry = await log.WaitForAsync(record => record.Message.Contains("bread", StringComparison.Ordinal));
        Assert.That(entry.Category, Is.EqualTo("SafeLaunch.Output"));
        Assert.That(entry.Level, Is.EqualTo(LogLevel.Information));
    }

    [Test]
    public async Task No_log_entry_comes_a_second_time_as_a_line_of_the_output()
    {
        using var log = new LogRecorder();
        await using (var server = await ChildServer.StartAsync(options => options.LoggerFactory = log.Factory))
        {
            await server.GetAsync("/log/bread");
            await server.GetAsync("/print/last");
            await log.WaitForAsync(record => record.Message.Equals("last", StringComparison.Ordinal));
        }

        Assert.That(log.All.Count(record => record.Message.Contains("Asked for bread", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task Ten_thousand_printed_lines_arrive_in_their_order()
    {
        using var log = new LogRecorder();
        var lines = Enumerable.Range(0, 10_000).Select(line => $"line {line}").ToArray();
        await using (var handle = await Launcher.For(ChildCode.PrintLines, options => options.LoggerFactory = log.Factory).InChildProcess().StartAsync().Within())
        {
            await log.WaitForAsync(record => record.Message.Equals(lines[^1], StringComparison.Ordinal));
        }

        Assert.That(log.All.Select(record => record.Message).Where(line => line.StartsWith("line ", StringComparison.Ordinal)), Is.EqualTo(lines));
    }

    [Test]
    public async Task A_very_long_log_entry_is_cut_and_ends_no_launch()
    {
        using var log = new LogRecorder();
        await using var handle = await Launcher.For(ChildCode.LogVeryMuch, options => options.LoggerFactory = log.Factory).InChildProcess().StartAsync().Within();

        await log.WaitForAsync(record => record is { Category: "Shop", Message: "Open." });
        Assert.That(log.All.Single(record => record.Message.StartsWith("xxx", StringComparison.Ordinal)).Message, Has.Length.LessThan(1_000_000).And.EndsWith("…"));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task An_address_that_the_child_adds_as_it_becomes_ready_arrives()
    {
        await using var handle = await Launcher.For(ChildCode.AddAnAddressOnceReady).InChildProcess().StartAsync().Within();

        await handle.BecomesAsync(() => handle.Addresses.Count == 2);

        Assert.That(handle.Addresses.Select(address => address.Port), Is.EqualTo(new[] { 81, 82 }));
    }

    [Test]
    public async Task Services_of_the_app_are_not_in_this_process()
    {
        await using var server = await ChildServer.StartAsync();

        Assert.That(server.Handle.Hosts, Is.Empty);
        Assert.That(() => server.Handle.Services, Throws.InstanceOf<LaunchException>());
        Assert.That(server.Handle.LaunchServices.GetService<ILoggerFactory>(), Is.Not.Null);
    }
}
