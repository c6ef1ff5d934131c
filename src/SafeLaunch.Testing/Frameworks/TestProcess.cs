using SafeLaunch.Servers;

namespace SafeLaunch.Frameworks;

/// <summary>
/// The end of the tests' process: stops what no tear-down has stopped, since a cancelled run may skip them, and fails the run
/// where a server failed, since not all runners count an error in a tear-down.
/// </summary>
internal static class TestProcess
{
    private const int ExitCode = 1;

    private static readonly object Gate = new();
    private static readonly HashSet<SharedLaunch> Launches = [];
    private static readonly List<string> Failures = [];

    static TestProcess() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => OnExit();

    /// <summary>From here on it is stopped with the process.</summary>
    public static void Add(SharedLaunch launch)
    {
        lock (Gate)
        {
            Launches.Add(launch);
        }
    }

    public static void Remove(SharedLaunch launch)
    {
        lock (Gate)
        {
            Launches.Remove(launch);
        }
    }

    /// <summary>Fails the run if the launch crashed or was abandoned.</summary>
    /// <returns>The failure; null for none.</returns>
    public static LaunchException? Judge(LaunchOutcome? outcome)
    {
        if (outcome is not { IsSuccess: false })
        {
            return null;
        }

        var failure = Describe(outcome);
        Fail(failure);
        return failure;
    }

    public static LaunchException Describe(LaunchOutcome outcome) =>
        new($"Launch '{outcome.ThreadName}' has ended, on thread {outcome.ThreadId}. {outcome}", outcome.Exception);

    /// <summary>Stops what still runs. Each stop is bounded by its own time-out.</summary>
    /// <returns>The failures of this process so far.</returns>
    public static IReadOnlyList<string> StopAll()
    {
        SharedLaunch[] left;
        lock (Gate)
        {
            left = [.. Launches];
        }

        Task.WhenAll(left.Select(EndAsync)).GetAwaiter().GetResult();
        lock (Gate)
        {
            return [.. Failures];
        }
    }

    private static void Fail(LaunchException failure)
    {
        lock (Gate)
        {
            if (!Failures.Contains(failure.Message, StringComparer.Ordinal))
            {
                Failures.Add(failure.Message);
            }
        }
    }

    private static async Task EndAsync(SharedLaunch launch)
    {
        try
        {
            Judge(await launch.StopAsync().ConfigureAwait(false));
        }
        catch (LaunchException e)
        {
            // It is the launched code itself that ends the process, and cannot be waited for.
            Fail(e);
        }
    }

    private static void OnExit()
    {
        var failures = StopAll();
        if (failures.Count > 0)
        {
            // Not by the console's writer, which a framework may have replaced for the output of tests.
            using var errors = new StreamWriter(Console.OpenStandardError());
            foreach (var failure in failures)
            {
                errors.WriteLine(failure);
            }

            // The result of Main counts until this is set.
            if (Environment.ExitCode == 0)
            {
                Environment.ExitCode = ExitCode;
            }
        }
    }
}
