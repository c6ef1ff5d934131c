using Xunit.v3;

namespace SafeLaunch;

/// <summary>
/// Tells SafeLaunch that xUnit (version 3) runs the tests of this assembly, and xUnit to run them by <see cref="ServerTestFramework"/>. The build adds it to
/// each project that refers to the package, unless the project sets <c>GenerateAssemblyInfo</c> to false: such a project states it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class XunitV3AdapterAttribute : TestFrameworkAdapterAttribute, ITestFrameworkAttribute
{
    /// <summary>Gets the framework that runs the tests.</summary>
    public Type FrameworkType => typeof(ServerTestFramework);

    /// <summary>The test in whose flow the caller is.</summary>
    /// <returns>The test; null outside of all tests, as in the set-up of a fixture.</returns>
    public override RunningTest? FindCurrentTest() => XunitV3Test.FindCurrent();
}
