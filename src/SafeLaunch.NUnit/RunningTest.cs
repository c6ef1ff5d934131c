using NUnit.Framework.Internal;

namespace SafeLaunch;

/// <summary>A test that NUnit is running, or the set-up or tear-down of a fixture.</summary>
internal sealed class RunningTest
{
    private readonly TestExecutionContext context;

    private RunningTest(TestExecutionContext context) => this.context = context;

    public string Id => this.context.CurrentTest.Id;

    /// <summary>Whether NUnit has taken its output already; later lines are lost.</summary>
    public bool IsOver => this.context.CurrentResult.EndTime != default;

    /// <summary>The one whose flow the caller is in; null outside of all tests.</summary>
    public static RunningTest? FindCurrent()
    {
        TestExecutionContext? found = null;
        if (ExecutionContext.Capture() is { } flow)
        {
            // In a separate flow: where there is no test, NUnit makes a nameless one and leaves it behind in the flow.
            ExecutionContext.Run(flow, _ => found = TestExecutionContext.CurrentContext, state: null);
        }

        return found is null or TestExecutionContext.AdhocContext ? null : new(found);
    }

    public void WriteLine(string line) => this.context.OutWriter.WriteLine(line);
}
