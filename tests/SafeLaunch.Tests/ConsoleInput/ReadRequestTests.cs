using SafeLaunch.ConsoleInput;

namespace SafeLaunch.Tests.ConsoleInput;

/// <summary>The flow in which a source is read.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReadRequestTests
{
    [Test]
    public void A_source_is_read_in_the_flow_of_the_caller()
    {
        var flow = new AsyncLocal<string> { Value = "caller" };
        var request = ReadRequest.Line();
        flow.Value = "reading thread";

        Assert.That(request.ReadFrom(new FlowReader(flow)), Is.EqualTo("caller" + Environment.NewLine));
    }

    [Test]
    public void A_source_is_read_for_a_caller_that_lets_nothing_flow()
    {
        var flow = new AsyncLocal<string> { Value = "caller" };
        ReadRequest request;
        using (ExecutionContext.SuppressFlow())
        {
            request = ReadRequest.Line();
        }

        flow.Value = "reading thread";

        Assert.That(request.ReadFrom(new FlowReader(flow)), Is.EqualTo("reading thread" + Environment.NewLine));
    }

    /// <summary>Reads what has flowed to its reader.</summary>
    private sealed class FlowReader(AsyncLocal<string> flow) : TextReader
    {
        public override string? ReadLine() => flow.Value;
    }
}
