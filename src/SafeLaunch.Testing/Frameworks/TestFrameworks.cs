using System.Reflection;

namespace SafeLaunch.Frameworks;

/// <summary>The adapters that the test assemblies of this process have.</summary>
internal static class TestFrameworks
{
    // An assembly of tests is loaded by the time that its tests run.
    private static readonly Lazy<TestFrameworkAdapterAttribute[]> Adapters = new(() =>
    [
        .. AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic)
            .SelectMany(assembly => assembly.GetCustomAttributes<TestFrameworkAdapterAttribute>())
            .DistinctBy(adapter => adapter.GetType()),
    ]);

    /// <summary>Gets whether there is none, so that no line would ever be in the output of a test.</summary>
    public static bool AreUnknown => Adapters.Value.Length == 0;

    public static RunningTest? FindCurrentTest()
    {
        foreach (var adapter in Adapters.Value)
        {
            if (adapter.FindCurrentTest() is { } test)
            {
                return test;
            }
        }

        return null;
    }
}
