using System.Diagnostics;

namespace SafeLaunch.Testing.Tests.Servers;

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
    public async Task A_server_that_records_no_traces_has_none()
    {
        await using var server = LaunchedServer.For<Program>();

        await server.CreateClient().GetStringAsync("/").Within();

        Assert.That(server.Traces, Is.Empty);
    }
}
