using System.ComponentModel;

namespace SafeLaunch;

/// <summary>
/// Tells SafeLaunch that MSTest runs the tests of this assembly. The build of a C# project that refers to the package adds it, with a class
/// that calls <see cref="BeginTest"/> and <see cref="EndTestAsync"/>. Projects of other languages state both.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class MSTestAdapterAttribute : TestFrameworkAdapterAttribute
{
    // The version of MSTest in the template does not say which test runs.

    /// <summary>Notes that a test begins. To be called in a <c>[GlobalTestInitialize]</c>.</summary>
    /// <param name="context">The context of the test.</param>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public static void BeginTest(TestContext context) => new MSTestTest(context).Begin();

    /// <summary>Ends the test for the servers that it used. To be called in a <c>[GlobalTestCleanup]</c>.</summary>
    /// <param name="context">The context of the test.</param>
    /// <returns>A task that ends once that is done.</returns>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public static Task EndTestAsync(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return RunningTest.FindCurrent()?.EndAsync(context.CurrentTestOutcome is not (UnitTestOutcome.Passed or UnitTestOutcome.Inconclusive)) ?? Task.CompletedTask;
    }
}
