using NUnit.Framework;
using NUnit.Framework.Internal;

namespace SafeLaunch;

/// <summary>A test that NUnit runs, or the set-up or tear-down of a fixture.</summary>
internal sealed class NUnitTest(TestExecutionContext context) : RunningTest
{
    public override string Id => context.CurrentTest.Id;

    public override bool IsSingleTest => !context.CurrentTest.IsSuite;

    public override bool IsOver => context.CurrentResult.EndTime != default;

    public override bool ShowsExceptionData => true;

    public static new NUnitTest? FindCurrent()
    {
        TestExecutionContext? found = null;
        if (ExecutionContext.Capture() is { } flow)
        {
            // In a separate flow: where there is no test, NUnit makes a nameless one and leaves it behind in the flow.
            ExecutionContext.Run(flow, _ => found = TestExecutionContext.CurrentContext, state: null);
        }

        return found is null or TestExecutionContext.AdhocContext ? null : new(found);
    }

    public override void Attach(string path, string description) => TestContext.AddTestAttachment(path, description);

    protected override void WriteLine(string line) => context.OutWriter.WriteLine(line);
}
