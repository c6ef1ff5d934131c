using SafeLaunch.Readiness;
using SafeLaunch.Running;

namespace SafeLaunch.Parent;

/// <summary>Refuses options that hold code of this process, which a child process does not have.</summary>
internal static class CodeCheck
{
    /// <exception cref="ArgumentException">There are such options.</exception>
    public static void ThrowIfAny(LaunchOptions options)
    {
        if (Found(options).Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } found)
        {
            throw new ArgumentException($"Launch '{options.Name}' runs in a child process, and these of its options hold code of this process: {string.Join(", ", found)}. Put them into a static method, and pass it to {nameof(ChildProcessOptions)}.{nameof(ChildProcessOptions.ConfigureInChild)}, which calls it in the child.", nameof(options));
        }
    }

    private static IEnumerable<string> Found(LaunchOptions options)
    {
        foreach (var method in options.MethodsWithCode)
        {
            yield return method;
        }

        if (options.Probes.Any(probe => probe.Target is not (IReadyProbe or OutputProbe)))
        {
            yield return $"{nameof(LaunchOptions.ReadyWhen)} with another probe than those of {nameof(SafeLaunch.Ready)}";
        }

        if (options.FlowExecutionContext)
        {
            yield return nameof(LaunchOptions.FlowExecutionContext);
        }
    }
}
