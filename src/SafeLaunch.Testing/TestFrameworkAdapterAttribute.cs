namespace SafeLaunch;

/// <summary>
/// Tells SafeLaunch which framework runs the tests of an assembly, and which test is running. The package for a framework has an
/// attribute that derives from this, and its build adds the attribute to each project of tests. An assembly may have several.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public abstract class TestFrameworkAdapterAttribute : Attribute
{
    /// <summary>
    /// Finds the test in whose flow the caller is. Called from any thread, for each log line of a server. By default the test that has begun in
    /// that flow by <see cref="RunningTest.Begin"/>.
    /// </summary>
    /// <returns>The test; null outside of all tests of the framework.</returns>
    public virtual RunningTest? FindCurrentTest() => RunningTest.BegunInFlow;
}
