using NUnit.Framework;
using NUnit.Framework.Internal;

namespace SafeLaunch;

/// <summary>A test that NUnit runs, or the set-up or tear-down of a fixture.</summary>
internal sealed class NUnitTest : RunningTest
{
    private readonly TestExecutionContext context;

    private NUnitTest(TestExecutionContext context) => this.context = context;

    public override string Id => this.context.CurrentTest.Id;

    public override bool IsSingleTest => !this.context.CurrentTest.IsSuite;

    public override bool IsOver => this.context.CurrentResult.EndTime != default;

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

    public override bool TryWriteLine(string line)
    {
        if (this.IsOver)
        {
            return false;
        }

        this.context.OutWriter.WriteLine(line);
        return true;
    }

    public override void Attach(string path, string description) => TestContext.AddTestAttachment(path, description);
}
