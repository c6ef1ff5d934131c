using System.Diagnostics;
using SafeLaunch.Frameworks;
using SafeLaunch.Requests;

namespace SafeLaunch.Testing.Tests.Requests;

/// <summary>The spans that the requests of a test cause.</summary>
public sealed class TraceTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>().RecordTraces();

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [TestCase("apples")]
    [TestCase("pears")]
    public async Task A_test_has_the_spans_of_its_own_requests(string fruit)
    {
        Assert.That(Server.Traces, Is.Empty);

        await Server.CreateClient().GetStringAsync($"/log/{fruit}").Within();

        Assert.That(Server.Traces.Select(span => span.OperationName), Is.EqualTo(new[] { "Microsoft.AspNetCore.Hosting.HttpRequestIn" }));
    }

    [Test]
    public async Task A_test_that_has_begun_a_trace_has_the_spans_of_that_trace()
    {
        using var own = new Activity("own").Start();

        await Server.CreateClient().GetStringAsync("/log/plums").Within();

        Assert.That(Server.Traces.Select(span => span.TraceId), Has.Some.EqualTo(own.TraceId));
    }

    [Test]
    public async Task A_request_that_carries_the_trace_of_a_test_is_the_request_of_the_test()
    {
        using var own = new Activity("own").Start();
        await Server.CreateClient().GetStringAsync("/").Within();
        using var other = new HttpClient();

        await other.GetStringAsync(new Uri(Server.Address, "/log/cherries")).Within();

        Assert.That(NUnit.Framework.Internal.TestExecutionContext.CurrentContext.CurrentResult.Output, Does.Contain("Asked for cherries."));
    }

    [Test]
    public void A_trace_that_several_tests_have_inherited_is_that_of_the_first_and_the_others_send_one_of_their_own()
    {
        using var inherited = new Activity("run").Start();
        var first = new SilentTest();
        var second = new SilentTest();

        var traces = new[] { SentBy(first), SentBy(second), SentBy(first) };

        Assert.That(traces.Select(RunningTests.FindByTrace), Is.EqualTo(new[] { first, second, first }));
        Assert.That(traces[0], Is.EqualTo(inherited.TraceId));
    }

    [Test]
    public async Task A_trace_of_a_test_that_is_over_is_free_for_the_next_test_that_inherits_it()
    {
        using var inherited = new Activity("run").Start();
        var first = new SilentTest();
        var second = new SilentTest();
        SentBy(first);
        await first.EndAsync(failed: false).Within();

        Assert.That(SentBy(second), Is.EqualTo(inherited.TraceId));
        Assert.That(RunningTests.FindByTrace(inherited.TraceId), Is.SameAs(second));
    }

    [Test]
    public async Task A_server_that_records_no_traces_has_none()
    {
        await using var server = LaunchedServer.For<Program>();

        await server.CreateClient().GetStringAsync("/").Within();

        Assert.That(server.Traces, Is.Empty);
    }

    /// <summary>The trace that a request of the test is part of.</summary>
    private static ActivityTraceId SentBy(RunningTest test)
    {
        using var request = new HttpRequestMessage();
        TestMark.WriteTrace(request, test);
        return request.Headers.TryGetValues(TestMark.TraceHeader, out var own)
            ? ActivityContext.Parse(own.Single(), traceState: null).TraceId
            : Activity.Current!.TraceId;
    }

    private sealed class SilentTest : RunningTest
    {
        protected override void WriteLine(string line)
        {
        }
    }
}
