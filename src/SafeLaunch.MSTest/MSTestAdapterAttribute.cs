using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace SafeLaunch;

/// <summary>
/// Tells SafeLaunch that MSTest runs the tests of this assembly. The build of a C# project that refers to the package adds it, with a class
/// that calls <see cref="BeginTest"/> and <see cref="EndTestAsync"/>. Projects of other languages state both.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class MSTestAdapterAttribute : TestFrameworkAdapterAttribute
{
    // The version of MSTest in the template does not say which test runs, and does not end a test that has timed out in its flow.
    private static readonly ConditionalWeakTable<TestContext, MSTestTest> Tests = [];

    /// <summary>Notes that a test begins. To be called in a <c>[GlobalTestInitialize]</c>.</summary>
    /// <param name="context">The context of the test.</param>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public static void BeginTest(TestContext context)
    {
        var test = new MSTestTest(context);
        Tests.AddOrUpdate(context, test);
        test.Begin();
    }

    /// <summary>Ends the test for the servers that it used. To be called in a <c>[GlobalTestCleanup]</c>.</summary>
    /// <param name="context">The context of the test.</param>
    /// <returns>A task that ends once that is done.</returns>
    /// <exception cref="LaunchException">A server of the test crashed or was abandoned.</exception>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public static Task EndTestAsync(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Tests.TryGetValue(context, out var test)
            ? test.EndAsync(context.CurrentTestOutcome is not (UnitTestOutcome.Passed or UnitTestOutcome.Inconclusive))
            : Task.CompletedTask;
    }
}
