using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SafeLaunch.Telemetry.Tests.Snippets;

/// <summary>The snippets of docs/telemetry.md, with the exporters of OpenTelemetry that keep all in memory.</summary>
public sealed class TelemetrySnippetTests
{
    [Test]
    public void The_page_on_telemetry_has_only_snippets_that_are_run_here() =>
        new DocPage("telemetry.md").HasOnlySnippetsOf(3, "tests/SafeLaunch.Telemetry.Tests/Snippets/TelemetrySnippetTests.cs", "tests/assets/Published/CoreProgram/CoreProgram.csproj");

    [Test]
    public async Task The_snippet_for_a_host_exports_the_metrics_and_the_spans_of_its_launch()
    {
        var metrics = new List<MetricSnapshot>();
        var spans = new List<System.Diagnostics.Activity>();
        var builder = TestHosts.Builder();
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("SafeLaunch"))
            .WithTracing(tracing => tracing.AddSource("SafeLaunch"));
        builder.Services.AddOpenTelemetry()
            .WithMetrics(to => to.AddInMemoryExporter(metrics))
            .WithTracing(to => to.AddInMemoryExporter(spans));
        builder.Services.AddLaunch("exported", () => Shop.Run()).Configure(options => options.UseLoopback());
        using var host = builder.Build();
        var meters = host.Services.GetRequiredService<MeterProvider>();
        await host.StartAsync().Within();

        meters.ForceFlush();
        var active = Points(metrics, "safelaunch.launch.active").Single().GetSumLong();
        metrics.Clear();
        await host.StopAsync().Within();
        meters.ForceFlush();
        host.Services.GetRequiredService<TracerProvider>().Shutdown();

        Assert.That(active, Is.EqualTo(1));
        Assert.That(Points(metrics, "safelaunch.launch.active").Single().GetSumLong(), Is.Zero);
        Assert.That(Points(metrics, "safelaunch.launch.stop.duration").Single().GetHistogramCount(), Is.EqualTo(1));
        Assert.That(BucketsOf(Points(metrics, "safelaunch.launch.start.duration").Single()), Does.Contain(0.25).And.Contain(30));
        Assert.That(metrics.Single(metric => metric.Name is "safelaunch.launch.start.duration").Unit, Is.EqualTo("s"));
        Assert.That(spans.Where(span => "exported".Equals(span.GetTagItem("safelaunch.launch.name"))).Select(span => span.DisplayName), Is.EquivalentTo(new[] { "launch start", "launch stop" }));
    }

    [Test]
    public async Task The_snippet_without_a_host_exports_the_metrics_of_a_launch()
    {
        var exported = new List<MetricSnapshot>();
        using (var metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter("SafeLaunch")
            .AddInMemoryExporter(exported)
            .Build())
        {
            await using var handle = await Launcher.For(() => Shop.Run(), options => options.UseLoopback()).StartAsync();
        }

        Assert.That(Points(exported, "safelaunch.launch.outcomes", launch: "launch").Single().GetSumLong(), Is.EqualTo(1));
    }

    private static IEnumerable<MetricPoint> Points(List<MetricSnapshot> metrics, string instrument, string launch = "exported") =>
        metrics.Where(metric => metric.Name.Equals(instrument, StringComparison.Ordinal))
            .SelectMany(metric => metric.MetricPoints)
            .Where(point => NameOf(point).Equals(launch, StringComparison.Ordinal));

    private static string NameOf(MetricPoint point)
    {
        foreach (var tag in point.Tags)
        {
            if (tag.Key is "safelaunch.launch.name")
            {
                return (string)tag.Value!;
            }
        }

        return "";
    }

    private static List<double> BucketsOf(MetricPoint point)
    {
        var bounds = new List<double>();
        foreach (var bucket in point.GetHistogramBuckets())
        {
            bounds.Add(bucket.ExplicitBound);
        }

        return bounds;
    }
}
