using System.Reflection;
using Xunit;
using Xunit.v3;

namespace SafeLaunch;

/// <summary>
/// Tells SafeLaunch that xUnit (version 3) runs the tests of this assembly. The build adds it to each project that refers to the package,
/// unless the project sets <c>GenerateAssemblyInfo</c> to false: such a project states it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class XunitV3AdapterAttribute : TestFrameworkAdapterAttribute, IBeforeAfterTestAttribute
{
    /// <summary>The test in whose flow the caller is.</summary>
    /// <returns>The test; null outside of all tests, as in the set-up of a fixture.</returns>
    public override RunningTest? FindCurrentTest() => XunitV3Test.FindCurrent();

    /// <summary>Does nothing. xUnit calls it before each test.</summary>
    /// <param name="methodUnderTest">The method of the test.</param>
    /// <param name="test">The test.</param>
    public void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
    }

    /// <summary>Ends the test for the servers that it used. xUnit calls it after the test, before it disposes of the test class.</summary>
    /// <param name="methodUnderTest">The method of the test.</param>
    /// <param name="test">The test.</param>
    public void After(MethodInfo methodUnderTest, IXunitTest test) =>
        XunitV3Test.FindCurrent()?.End(TestContext.Current.TestState?.Result is TestResult.Failed);
}
