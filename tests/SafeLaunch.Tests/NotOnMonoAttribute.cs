using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace SafeLaunch.Tests;

/// <summary>What Mono cannot do. The tests and cases with this are the whole list of it; docs/context.md puts it into words.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class NotOnMonoAttribute(string reason) : NUnitAttribute, IApplyToTest
{
    public string Reason => reason;

    public void ApplyToTest(Test test)
    {
        if (Mono.IsRunning)
        {
            test.RunState = RunState.Ignored;
            test.Properties.Set(PropertyNames.SkipReason, $"Mono: {reason}");
        }
    }
}
