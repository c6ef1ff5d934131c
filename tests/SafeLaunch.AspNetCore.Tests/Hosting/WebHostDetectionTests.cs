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
    public void A_host_is_detected_and_its_start_makes_the_launch_ready(Func<IHost> build) => DetectedHost.MakesItsLaunchReady(build);

    [TestCase(false)]
    [TestCase(true)]
    public Task A_launch_is_ready_when_its_host_has_started_and_not_before(bool isDropped) =>
        DetectedHost.IsAwaitedByTheStartAsync(service => WebHosts.With(service), isDropped);
}
