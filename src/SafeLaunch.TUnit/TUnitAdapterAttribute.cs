using TUnit.Core.Enums;
using TUnit.Core.Interfaces;

namespace SafeLaunch;

/// <summary>
/// Tells SafeLaunch that TUnit runs the tests of this assembly. The build adds it to each project that refers to the package, unless
/// the project sets <c>GenerateAssemblyInfo</c> to false: such a project states it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TUnitAdapterAttribute : TestFrameworkAdapterAttribute, ITestEndEventReceiver
{
    /// <summary>Gets when TUnit calls it: after the hooks of the test.</summary>
    public EventReceiverStage Stage => EventReceiverStage.Late;

    /// <summary>The test in whose flow the caller is.</summary>
    /// <returns>The test; null outside of all tests.</returns>
    public override RunningTest? FindCurrentTest() => TestContext.Current is { } context ? TUnitTest.Of(context) : null;

    /// <summary>Ends the test for the servers that it used. TUnit calls it.</summary>
    /// <param name="context">The context of the test.</param>
    /// <returns>A task that ends once that is done.</returns>
    public async ValueTask OnTestEnd(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        await TUnitTest.Of(context).EndAsync(context.Execution.Result?.State is TestState.Failed or TestState.Timeout).ConfigureAwait(false);
    }
}
