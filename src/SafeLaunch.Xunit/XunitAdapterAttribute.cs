namespace SafeLaunch;

/// <summary>
/// Tells SafeLaunch that xUnit (version 2) runs the tests of this assembly, by <see cref="ServerTestFramework"/>. The build adds both to each project
/// that refers to the package, unless the project sets <c>GenerateAssemblyInfo</c> to false: such a project states them.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class XunitAdapterAttribute : TestFrameworkAdapterAttribute
{
    /// <summary>The test in whose flow the caller is.</summary>
    /// <returns>The test; null outside of all tests, as in the set-up of a fixture.</returns>
    public override RunningTest? FindCurrentTest() => XunitTest.Current;
}
