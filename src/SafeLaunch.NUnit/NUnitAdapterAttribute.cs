using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace SafeLaunch;

/// <summary>
/// Tells SafeLaunch that NUnit runs the tests of this assembly. The build adds it to each project that refers to the package, unless
/// the project sets <c>GenerateAssemblyInfo</c> to false: such a project states it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class NUnitAdapterAttribute : TestFrameworkAdapterAttribute, ITestAction
{
    /// <summary>Gets what NUnit calls it for: each single test.</summary>
    public ActionTargets Targets => ActionTargets.Test;

    /// <summary>The test in whose flow the caller is, or the set-up or tear-down of a fixture.</summary>
    /// <returns>The test; null outside of all tests.</returns>
    public override RunningTest? FindCurrentTest() => NUnitTest.FindCurrent();

    /// <summary>Does nothing. NUnit calls it before each test.</summary>
    /// <param name="test">The test.</param>
    public void BeforeTest(ITest test)
    {
    }

    /// <summary>Ends the test for the servers that it used. NUnit calls it after the test and its tear-downs.</summary>
    /// <param name="test">The test.</param>
    public void AfterTest(ITest test) =>
        NUnitTest.FindCurrent()?.End(TestExecutionContext.CurrentContext.CurrentResult.ResultState.Status is TestStatus.Failed);
}
