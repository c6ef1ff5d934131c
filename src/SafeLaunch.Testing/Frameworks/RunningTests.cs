using System.Collections.Concurrent;
using System.Diagnostics;

namespace SafeLaunch.Frameworks;

/// <summary>The tests that use a server, by what their requests carry: the id of the test, or the id of a trace.</summary>
internal static class RunningTests
{
    private static readonly ConcurrentDictionary<string, (RunningTest Test, ActivityTraceId Trace)> ById = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<ActivityTraceId, RunningTest> ByTrace = new();

    /// <returns>The trace of the test.</returns>
    public static ActivityTraceId Add(RunningTest test)
    {
        TestEnds.RunOverdue();
        foreach (var (trace, noted) in ByTrace)
        {
            if (noted.IsOver)
            {
                ByTrace.TryRemove(trace, out _);
                ById.TryRemove(noted.Id, out _);
            }
        }

        // A framework may show one test by several objects, of which the newest counts.
        var entry = ById.AddOrUpdate(test.Id, static (_, test) => (test, ActivityTraceId.CreateRandom()), static (_, noted, test) => (test, noted.Trace), test);
        ByTrace[entry.Trace] = test;
        return entry.Trace;
    }

    /// <summary>The test that has this id and used a server; null for no id, and for one of no such test.</summary>
    public static RunningTest? Find(string? id) => id is not null && ById.TryGetValue(id, out var entry) ? entry.Test : null;

    /// <summary>The test that a trace comes from; null for other traces.</summary>
    public static RunningTest? FindByTrace(ActivityTraceId trace) => ByTrace.TryGetValue(trace, out var test) ? test : null;

    /// <summary>The trace that the requests of a test are part of, unless the test is in another that it has begun by itself.</summary>
    public static ActivityTraceId TraceOf(RunningTest test) => ById.TryGetValue(test.Id, out var entry) ? entry.Trace : Add(test);

    /// <summary>Notes that a trace which the test is in is of the test.</summary>
    /// <returns>False if it is that of another test that runs: both have inherited it.</returns>
    public static bool TryAddTrace(ActivityTraceId trace, RunningTest test)
    {
        var owner = ByTrace.GetOrAdd(trace, test);
        return owner.IsOver ? ByTrace.TryUpdate(trace, test, owner) : string.Equals(owner.Id, test.Id, StringComparison.Ordinal);
    }
}
