using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>Resilience pipelines that a user brings.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PipelineTests
{
    private readonly Crasher crasher = new();

    [Test]
    public async Task A_pipeline_of_the_user_decides_by_the_exception_of_the_run_and_how_often()
    {
        var pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<InvalidOperationException>(e => e.Message.StartsWith("again", StringComparison.Ordinal)),
            MaxRetryAttempts = 10,
            Delay = TimeSpan.Zero,
        }).Build();
        using var handle = this.Start(pipeline);

        await this.crasher.CrashAsync("again 1");
        await this.crasher.CrashAsync("again 2");
        await this.crasher.CrashAsync("over");
        var outcome = await handle.EndAsync();

        Assert.That(outcome.ToString(), Is.EqualTo("Crashed: Its resilience pipeline does not start it again. Its delegate threw. The last error is System.InvalidOperationException. (over)"));
        Assert.That(handle.EarlierRuns, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_pipeline_of_the_user_starts_a_launch_again_that_crashed_with_an_OperationCanceledException()
    {
        var pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.Zero }).Build();
        using var handle = this.Start(pipeline);

        (await this.crasher.NextAsync()).SetResult(new TaskCanceledException("time-out"));
        (await this.crasher.NextAsync()).SetResult(new TaskCanceledException("time-out"));
        var outcome = await handle.EndAsync();

        Assert.That(handle.EarlierRuns, Has.Count.EqualTo(2));
        Assert.That(outcome.Exception, Is.TypeOf<TaskCanceledException>());
    }

    [Test]
    public async Task A_pipeline_that_bounds_a_run_stops_it_and_may_start_it_again()
    {
        var clock = new Clock();
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions { ShouldHandle = new PredicateBuilder().Handle<TimeoutRejectedException>(), MaxRetryAttempts = 1, Delay = TimeSpan.Zero })
            .AddTimeout(TimeSpan.FromMinutes(1)).Build();

        using var handle = this.Start(pipeline);
        for (var run = 0; run < 2; run++)
        {
            await this.crasher.NextAsync();
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var outcome = await handle.EndAsync();

        Assert.That(this.crasher.Count, Is.EqualTo(2));
        Assert.That(handle.EarlierRuns.Select(run => run.ToString()), Is.All.EqualTo("Stopped: Its resilience pipeline has ended the run."));
        Assert.That(outcome.Exception, Is.TypeOf<TimeoutRejectedException>());
    }

    [Test]
    public void A_pipeline_that_rejects_the_first_run_fails_the_start_with_its_own_exception()
    {
        var control = new CircuitBreakerManualControl(isIsolated: true);
        var pipeline = new ResiliencePipelineBuilder().AddCircuitBreaker(new() { ManualControl = control }).Build();

        Assert.That(() => this.Start(pipeline), Throws.InstanceOf<BrokenCircuitException>());
        Assert.That(this.crasher.Count, Is.Zero);
    }

    [Test]
    public async Task A_stop_ends_a_delay_of_a_pipeline_of_the_user()
    {
        var waits = Gate.NewSource();
        var pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            Delay = TimeSpan.FromHours(1),
            OnRetry = _ =>
            {
                waits.TrySetResult();
                return ValueTask.CompletedTask;
            },
        }).Build();
        using var handle = this.Start(pipeline);
        await this.crasher.CrashAsync();
        await waits.Task.Within();

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    private LaunchHandle Start(ResiliencePipeline pipeline) =>
        Launcher.For(this.crasher.RunAsync).Supervised(options => options.Pipeline = pipeline).Start();
}
