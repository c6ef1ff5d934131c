using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.AspNetCore.Tests.Legacy;

/// <summary>The web hosts that came before the generic one, which nothing tells of.</summary>
[NonParallelizable] // A launch that starts meanwhile with options of SafeLaunch.AspNetCore sets an environment variable that legacy hosts read.
public sealed class LegacyWebHostTests
{
    private static IEnumerable<TestCaseData> LegacyBuilders()
    {
        yield return Case("WebHost.CreateDefaultBuilder", () => WebHost.CreateDefaultBuilder().ConfigureLogging(logging => logging.ClearProviders()).SuppressStatusMessages(suppressStatusMessages: true));
        yield return Case("new WebHostBuilder", () => new WebHostBuilder().UseKestrel().SuppressStatusMessages(suppressStatusMessages: true));

        static TestCaseData Case(string name, Func<IWebHostBuilder> builder) => new TestCaseData(builder).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(LegacyBuilders))]
    public async Task A_legacy_web_host_says_itself_that_it_is_ready(Func<IWebHostBuilder> builder)
    {
        await using var handle = await Launcher.For(async launch =>
        {
            using var host = builder().UseUrls("http://127.0.0.1:0").Configure(Serve).Build();
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() =>
                launch.SignalReady([.. host.ServerFeatures.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))]));
            await host.RunAsync(launch.Stopping);
        }).StartAsync().Within();

        Assert.That(handle.Hosts, Is.Empty);
        Assert.That(await GetAsync(handle.Address).Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [TestCaseSource(nameof(LegacyBuilders))]
    public async Task A_legacy_web_host_that_blocks_is_probed_and_stopped_through_its_lifetime(Func<IWebHostBuilder> builder)
    {
        var address = new Uri($"http://127.0.0.1:{TakenPort.ThatIsFreeAgain()}");
        var host = builder().UseUrls(address.ToString()).Configure(Serve).Build();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        Action<LaunchOptions> configure = options =>
        {
            options.ReadyWhen(Ready.Http(address));
            options.StopWith(_ => Task.Run(lifetime.StopApplication));
        };
        await using var handle = await Launcher.For(() => host.Run(), configure).StartAsync().Within();

        Assert.That(await GetAsync(handle.Address).Within(), Is.EqualTo("served"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public void A_legacy_web_host_that_says_nothing_fails_the_start_which_says_what_to_do()
    {
        Action<LaunchOptions> configure = options => options.StartTimeout = TimeSpan.FromSeconds(1);

        var exception = Assert.ThrowsAsync<LaunchTimeoutException>(() => Launcher.For(
            launch => new WebHostBuilder().UseKestrel().UseUrls("http://127.0.0.1:0").Configure(Serve).Build().RunAsync(launch.Stopping),
            configure).StartAsync().Within());

        Assert.That(exception.Message, Does.Contain("no host was detected").And.Contain("call LaunchContext.SignalReady"));
    }

    private static void Serve(IApplicationBuilder app) => app.Run(context => context.Response.WriteAsync("served"));

    private static async Task<string> GetAsync(Uri address)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(address);
    }
}
