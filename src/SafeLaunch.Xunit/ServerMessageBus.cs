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
            case ITestResultMessage result when RunningTest.FindCurrent() is XunitTest test:
                message = End(test, result);
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

    /// <summary>Ends the test, and makes its result the one that the end leaves it with.</summary>
    private static ITestResultMessage End(XunitTest test, ITestResultMessage result)
    {
        LaunchException? failure = null;
        try
        {
            test.End(result is ITestFailed);
        }
        catch (LaunchException e)
        {
            failure = e;
        }

        var output = result.Output + test.Lines;
        return result switch
        {
            ITestFailed failed => new TestFailed(failed.Test, failed.ExecutionTime, output, failed.ExceptionTypes, failed.Messages, failed.StackTraces, failed.ExceptionParentIndices),
            _ when failure is not null => new TestFailed(result.Test, result.ExecutionTime, output, failure),
            ITestPassed => new TestPassed(result.Test, result.ExecutionTime, output),
            _ => result,
        };
    }
}
