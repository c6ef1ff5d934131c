using Polly;
using Polly.Retry;

namespace SafeLaunch.Hosting.Tests.Snippets;

/// <summary>The snippets of docs/supervision.md.</summary>
public sealed class SupervisionSnippetTests
{
    [Test]
    public void The_page_on_supervision_has_only_snippets_that_are_run_here() =>
        new DocPage("supervision.md").HasOnlySnippetsOf(2, "tests/SafeLaunch.Hosting.Tests/Snippets/SupervisionSnippetTests.cs");

    [Test]
    public async Task The_snippet_of_a_supervised_launch_serves()
    {
        await using var handle = await Launcher.For(() => Shop.Run(), options => options.UseLoopback())
            .Supervised(options => options.MaxRestarts = 3)
            .StartAsync();

        using var client = handle.CreateClient();
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("shop"));
    }

    [Test]
    public void The_snippet_of_a_pipeline_makes_a_launcher()
    {
        var pipeline = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<IOException>(),
                BackoffType = DelayBackoffType.Linear,
                MaxRetryAttempts = 10,
            })
            .Build();
        var launcher = Launcher.For(() => Shop.Run()).Supervised(options => options.Pipeline = pipeline);

        Assert.That(launcher.Name, Is.EqualTo("launch"));
    }
}
