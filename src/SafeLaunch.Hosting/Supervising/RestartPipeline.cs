using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace SafeLaunch.Supervising;

/// <summary>The pipeline that starts a launch again as <see cref="SupervisionOptions"/> say. Polly does the retrying and the waiting.</summary>
internal sealed class RestartPipeline(string launch, SupervisionOptions options, ILogger logger)
{
    private readonly RestartLimit limit = new(options.MaxRestarts, options.Period, options.TimeProvider);
#pragma warning disable CA5394 // It only spreads the restarts.
    private readonly RestartDelay delay = new(options, Random.Shared.NextDouble);
#pragma warning restore CA5394

    /// <summary>Why it has given up, for people.</summary>
    public string GiveUpSentence => options.Pipeline is null && this.limit.IsReached
        ? $"It was started again {Times(options.MaxRestarts)} within {options.Period} and has crashed once more, so it is not started again."
        : "Its resilience pipeline does not start it again.";

    public ResiliencePipeline Build() => options.Pipeline ?? new ResiliencePipelineBuilder { TimeProvider = options.TimeProvider }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = attempt => ValueTask.FromResult(this.TryRestart(attempt.Outcome.Exception)),
            DelayGenerator = _ => ValueTask.FromResult<TimeSpan?>(this.delay.Next()),
            OnRetry = retry =>
            {
                logger.StartsAgain(retry.Outcome.Exception, launch, retry.RetryDelay);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    public void OnRunEnded(TimeSpan wasReadyFor) => this.delay.OnRunEnded(wasReadyFor);

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    /// <summary>Spends one of the restarts on the error of a run. The cancellation of the pipeline itself is no such error.</summary>
    private bool TryRestart(Exception? error)
    {
        if (error is null or OperationCanceledException)
        {
            return false;
        }

        return this.limit.TryRestart();
    }
}
