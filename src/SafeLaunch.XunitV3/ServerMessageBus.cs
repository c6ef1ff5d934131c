using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace SafeLaunch;

/// <summary>Ends each test when xUnit sends its result, in the flow of the test: after its class has been disposed of, or could not be made.</summary>
internal sealed class ServerMessageBus(IMessageBus inner) : IMessageBus
{
    public bool QueueMessage(IMessageSinkMessage message) => inner.QueueMessage(message is TestResultMessage result ? End(result) : message);

    public void Dispose() => inner.Dispose();

    /// <summary>Ends the test, and makes its result the one that the end leaves it with.</summary>
    private static IMessageSinkMessage End(TestResultMessage result)
    {
        LaunchException? failure = null;
        try
        {
            // The last message of a test finds it ended.
            XunitV3Test.FindCurrent()?.End(result is ITestFailed);
        }
        catch (LaunchException e)
        {
            failure = e;
        }

        result.Output = TestContext.Current.TestOutputHelper?.Output ?? result.Output;
        return failure is null || result is ITestFailed
            ? result
            : TestFailed.FromException(
                failure,
                result.AssemblyUniqueID,
                result.TestCollectionUniqueID,
                result.TestClassUniqueID,
                result.TestMethodUniqueID,
                result.TestCaseUniqueID,
                result.TestUniqueID,
                result.ExecutionTime,
                result.Output,
                result.Warnings,
                result.FinishTime);
    }
}
