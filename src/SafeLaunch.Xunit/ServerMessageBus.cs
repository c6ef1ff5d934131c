using SafeLaunch.Frameworks;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace SafeLaunch;

/// <summary>Follows the tests by the messages that xUnit sends in the flow of each, and adds to their output.</summary>
internal sealed class ServerMessageBus(IMessageBus inner) : IMessageBus
{
    public bool QueueMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestStarting:
                new XunitTest().Begin();
                break;
            case ITestPassed passed when End(failed: false) is { Length: > 0 } lines:
                message = new TestPassed(passed.Test, passed.ExecutionTime, passed.Output + lines);
                break;
            case ITestFailed failed when End(failed: true) is { Length: > 0 } lines:
                message = new TestFailed(failed.Test, failed.ExecutionTime, failed.Output + lines, failed.ExceptionTypes, failed.Messages, failed.StackTraces, failed.ExceptionParentIndices);
                break;
            case ITestAssemblyFinished finished when TestProcess.StopAll() is { Count: > 0 } failures:
                // The runner takes no notice of the exit code of the process that runs the tests.
                inner.QueueMessage(MakeFailure(finished, string.Join(Environment.NewLine, failures)));
                break;
            default:
                break;
        }

        return inner.QueueMessage(message);
    }

    public void Dispose() => inner.Dispose();

    /// <summary>Runners print the type of such a failure and leave its message out, so the message is in both.</summary>
    private static TestAssemblyCleanupFailure MakeFailure(ITestAssemblyFinished finished, string message) =>
        new(finished.TestCases, finished.TestAssembly, [$"{typeof(LaunchException).FullName}: {message}"], [message], [""], [-1]);

    private static string? End(bool failed)
    {
        var test = RunningTest.FindCurrent() as XunitTest;
        test?.End(failed);
        return test?.Lines;
    }
}
