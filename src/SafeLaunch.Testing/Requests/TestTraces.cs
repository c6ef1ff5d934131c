using System.Collections.Concurrent;
using System.Diagnostics;
using SafeLaunch.Frameworks;

namespace SafeLaunch.Requests;

/// <summary>Which trace belongs to which test, and the spans of each.</summary>
internal static class TestTraces
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<Activity>> Spans = new(StringComparer.Ordinal);
    private static readonly Lazy<ActivityListener> Listener = new(Listen);

    public static void Record() => _ = Listener.Value;

    public static IReadOnlyList<Activity> Of(RunningTest test) => Spans.TryGetValue(test.Id, out var spans) ? [.. spans] : [];

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> options) =>
                RunningTests.FindByTrace(options.TraceId) is null ? ActivitySamplingResult.None : ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = static span =>
            {
                if (RunningTests.FindByTrace(span.TraceId) is { IsOver: false } test)
                {
                    Spans.GetOrAdd(test.Id, static (_, test) => Follow(test), test).Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static ConcurrentQueue<Activity> Follow(RunningTest test)
    {
        test.TryAtEnd(_ =>
        {
            Spans.TryRemove(test.Id, out var _);
            return Task.CompletedTask;
        });
        return [];
    }
}
