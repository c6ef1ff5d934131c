using NUnit.Framework.Interfaces;

namespace SafeLaunch.Tests;

/// <summary>Prints each test as it ends, and why it failed or was skipped.</summary>
internal sealed class Reporter : ITestListener
{
    public void TestStarted(ITest test)
    {
        if (!test.IsSuite)
        {
            Console.WriteLine($"start {test.FullName}");
        }
    }

    public void TestFinished(ITestResult result)
    {
        if (!result.Test.IsSuite || (result.ResultState.Status == TestStatus.Failed && result.ResultState.Site != FailureSite.Child))
        {
            Console.WriteLine($"{result.ResultState.Status} {result.Test.FullName} {result.Duration:0.00} s {result.Message} {(result.ResultState.Status == TestStatus.Failed ? result.StackTrace : "")}");
        }
    }

    public void TestOutput(TestOutput output)
    {
    }

    public void SendMessage(TestMessage message)
    {
    }
}
