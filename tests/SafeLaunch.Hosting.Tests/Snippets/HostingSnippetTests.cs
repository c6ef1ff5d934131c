using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Hosting.Tests.Snippets;

/// <summary>The snippets of docs/hosting.md.</summary>
public sealed class HostingSnippetTests
{
    [Test]
    public void The_page_on_hosting_has_only_snippets_that_are_run_here() =>
        new DocPage("hosting.md").HasOnlySnippetsOf(
            6,
            "tests/SafeLaunch.Hosting.Tests/Snippets/HostingSnippetTests.cs",
            "tests/SafeLaunch.Hosting.Tests/Snippets/Prices.cs");

    [Test]
    public async Task The_snippet_of_a_launch_in_a_host_serves_and_is_restarted_by_name()
    {
        var builder = TestHosts.Builder();
        builder.Services.AddLaunch("shop", () => Shop.Run())
            .Configure(options => options.UseLoopback())
            .BindConfiguration("Launches:shop")
            .Supervised();
        builder.Services.AddHealthChecks().AddLaunches();
        builder.Services.AddSingleton<Prices>();
        using var host = builder.Build();
        await host.StartAsync().Within();
        var address = host.Services.GetRequiredService<Prices>().Address;

        var launches = host.Services.GetRequiredService<ILaunches>();
        await launches.RestartAsync("shop");
        foreach (var launch in launches.All)
        {
            Console.WriteLine(launch);
        }

        Assert.That(launches["shop"].Address, Is.EqualTo(address));
        await host.StopAsync().Within();
    }

    [Test]
    public async Task The_snippet_of_two_launches_in_order_hands_the_address_over()
    {
        var builder = TestHosts.Builder();
        builder.Services.AddLaunch("prices", () => Shop.Run()).Configure(options => options.UseLoopback());
        builder.Services.AddLaunch("front", () => Shop.Run())
            .After("prices")
            .Configure((services, options) => options.UseLoopback()
                .Configuration["Prices"] = services.GetRequiredKeyedService<LaunchHandle>("prices").Address.ToString());
        using var host = builder.Build();
        await host.StartAsync().Within();

        Assert.That(host.Services.GetRequiredService<ILaunches>().All.Select(launch => launch.State), Is.All.EqualTo(LaunchState.Running));
        await host.StopAsync().Within();
    }

    [Test]
    public async Task The_snippets_of_services_of_systemd_run_where_there_is_no_systemd()
    {
        var builder = TestHosts.Builder();
        builder.Services.AddSystemdNotifications();
        using var host = builder.Build();
        await host.StartAsync().Within();
        await host.StopAsync().Within();

        var launcher = Launcher.For(() => Shop.Run()).Supervised().NotifySystemd();
        await using var handle = await launcher.StartAsync().Within();

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task The_snippet_of_the_page_in_a_web_app_serves_it()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddLaunch("shop", () => Shop.Run()).Configure(options => options.UseLoopback());
        await using var app = builder.Build();
        app.MapLaunches("/launches");
        await app.StartAsync().Within();

        using var client = new HttpClient();
        Assert.That(await client.GetStringAsync(new Uri(new Uri(app.Urls.First()), "/launches")).Within(), Does.Contain("<title>Launches</title>"));
        await app.StopAsync().Within();
    }

    [Test]
    public async Task The_snippet_of_the_page_in_a_worker_serves_it()
    {
        var builder = TestHosts.Builder();
        builder.Services.AddLaunch("desk", () => Desk.Run())
            .Configure((services, options) => options.UseLoopback()
                .ConfigureServices(desk => desk.AddSingleton(services.GetRequiredService<ILaunches>())));
        using var host = builder.Build();
        await host.StartAsync().Within();

        using var client = host.Services.GetRequiredService<ILaunches>()["desk"].CreateClient();
        Assert.That(await client.GetStringAsync("/").Within(), Does.Contain("<title>Launches</title>"));
        await host.StopAsync().Within();
    }
}
