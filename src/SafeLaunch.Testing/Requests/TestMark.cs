using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using SafeLaunch.Frameworks;

namespace SafeLaunch.Requests;

/// <summary>
/// The mark by which a request says which test it comes from, since neither a socket nor Kestrel carries the flow of the test to the code that
/// handles it: a header of a client, a cookie of a browser, or the id of a trace.
/// </summary>
internal static class TestMark
{
    public const string Name = "SafeLaunch-Test";
    public const string TraceHeader = "traceparent";

    /// <summary>The test that a request comes from; null for none that is known.</summary>
    public static RunningTest? Read(HttpRequest request) =>
        RunningTests.Find(request.Headers[Name])
        ?? RunningTests.Find(request.Cookies[Name])
        ?? (ActivityContext.TryParse(request.Headers[TraceHeader], traceState: null, out var trace) ? RunningTests.FindByTrace(trace.TraceId) : null);

    /// <summary>Marks a request that goes to a server of the test.</summary>
    public static void Write(HttpRequestMessage request, RunningTest test) => request.Headers.Add(Name, test.Id);

    /// <summary>Makes a request part of a trace of the test.</summary>
    public static void WriteTrace(HttpRequestMessage request, RunningTest test)
    {
        // The id of the current trace goes with the request by itself.
        var isInTrace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current && RunningTests.TryAddTrace(current.TraceId, test);
        if (!isInTrace && !request.Headers.Contains(TraceHeader))
        {
            request.Headers.Add(TraceHeader, $"00-{RunningTests.TraceOf(test)}-{ActivitySpanId.CreateRandom()}-01");
        }
    }
}
