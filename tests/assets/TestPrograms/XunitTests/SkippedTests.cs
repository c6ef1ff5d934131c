using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace TestPrograms;

/// <summary>A test that is skipped while it runs, as packages for that do it: its failure is sent on as a skip.</summary>
public sealed class SkippedTests
{
    [SkippableFact]
    public void A_test_that_finds_nothing_to_test()
    {
        Report.WriteEnd(RunningTest.FindCurrent()!);
        throw new NotSupportedException("There are no apples.");
    }
}

[XunitTestCaseDiscoverer("TestPrograms.SkippableFactDiscoverer", "XunitTests")]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SkippableFactAttribute : FactAttribute;

internal sealed class SkippableFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo attribute) =>
        new SkippableTestCase(this.DiagnosticMessageSink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method);
}

internal sealed class SkippableTestCase : XunitTestCase
{
    [Obsolete("For xUnit.")]
    public SkippableTestCase()
    {
    }

    public SkippableTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(messages, display, options, method)
    {
    }

    public override Task<RunSummary> RunAsync(IMessageSink diagnostics, IMessageBus bus, object[] arguments, ExceptionAggregator aggregator, CancellationTokenSource cancellation) =>
        base.RunAsync(diagnostics, new SkippingBus(bus), arguments, aggregator, cancellation);
}

internal sealed class SkippingBus(IMessageBus inner) : IMessageBus
{
    public bool QueueMessage(IMessageSinkMessage message) =>
        inner.QueueMessage(message is ITestFailed failed ? new TestSkipped(failed.Test, failed.Messages[0]) : message);

    public void Dispose() => inner.Dispose();
}
