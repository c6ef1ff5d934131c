using NUnit.Framework.Internal;

namespace SafeLaunch.NUnit.Tests;

internal static class CurrentTest
{
    /// <summary>What NUnit has of the output of the running test so far.</summary>
    public static string Output => TestExecutionContext.CurrentContext.CurrentResult.Output;
}
