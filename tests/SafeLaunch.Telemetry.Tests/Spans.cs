using System.Collections.Concurrent;
using System.Diagnostics;

namespace SafeLaunch.Telemetry.Tests;

/// <summary>The spans of SafeLaunch that have ended. Other tests launch meanwhile, so each test asks for the name of its launch.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly ActivityListener listener;

    public Spans()
    {
        this.listener = new()
        {
            ShouldListenTo = source => source.Name is "SafeLaunch",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = this.ended.Enqueue,
        };
        ActivitySource.AddActivityListener(this.listener);
    }

    public IReadOnlyList<Activity> Of(string launch, string operation) =>
        [.. this.ended.Where(span => span.OperationName.Equals(operation, StringComparison.Ordinal) && launch.Equals(span.GetTagItem("safelaunch.launch.name")))];

    public void Dispose() => this.listener.Dispose();
}
