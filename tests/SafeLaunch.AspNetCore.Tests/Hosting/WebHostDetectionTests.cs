using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.AspNetCore.Tests.Hosting;

/// <summary>The hosts of ASP.NET Core, however they are built.</summary>
public sealed class WebHostDetectionTests
{
    private static IEnumerable<TestCaseData> Builders()
    {
        yield return Case("WebApplication.CreateBuilder", () => Web(WebApplication.CreateBuilder()));
        yield return Case("WebApplication.CreateSlimBuilder", () => Web(WebApplication.CreateSlimBuilder()));
        yield return Case("WebApplication.CreateEmptyBuilder", () => Web(WebApplication.CreateEmptyBuilder(new())));
        yield return Case("ConfigureWebHost", () => new HostBuilder()
            .ConfigureWebHost(web => web.UseKestrel().UseUrls("http://127.0.0.1:0").Configure(_ => { })).Build());

        static TestCaseData Case(string name, Func<IHost> build) => new TestCaseData(build).SetArgDisplayNames(name);

        static WebApplication Web(WebApplicationBuilder builder)
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            return builder.Build();
        }
    }

    [TestCaseSource(nameof(Builders))]
    public void A_host_is_detected_and_its_start_makes_the_launch_ready(Func<IHost> build)
    {
        IHost? built = null;
        using var handle = Launcher.For(() =>
        {
            built = build();
            built.Run();
        }).Start();

        Assert.That(handle.Hosts, Has.Count.EqualTo(1));
        Assert.That(handle.Hosts[0].Services, Is.SameAs(built!.Services));
        Assert.That(TestHosts.HasStarted(built), Is.True);
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_dropped_run_makes_the_launch_ready_when_its_host_has_started()
    {
        var service = new GatedService();
        var start = Launcher.For(() => { _ = WebHosts.With(service).RunAsync(); }).StartAsync();
        await service.Entered.Within();
        Assert.That(start.IsCompleted, Is.False);

        service.Open();
        await using var handle = await start.Within();

        Assert.That(handle.Hosts.Select(TestHosts.HasStarted), Is.EqualTo(new[] { true }));
    }
}
