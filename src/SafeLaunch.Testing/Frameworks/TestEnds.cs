using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace SafeLaunch.Frameworks;

/// <summary>The actions for the end of each test.</summary>
internal static class TestEnds
{
    private static readonly ConcurrentDictionary<string, (RunningTest Test, ConcurrentStack<Func<bool, Task>> Actions)> OfTests = new(StringComparer.Ordinal);

    public static void Add(RunningTest test, Func<bool, Task> action) => OfTests.GetOrAdd(test.Id, static (_, test) => (test, new()), test).Actions.Push(action);

    /// <summary>Runs each action of the test, also after one that failed. The failure of a server of the test is thrown after that.</summary>
    public static async Task RunAsync(RunningTest test, bool failed)
    {
        if (!OfTests.TryRemove(test.Id, out var pending))
        {
            return;
        }

        List<LaunchException> failures = [];
        while (pending.Actions.TryPop(out var action))
        {
            try
            {
                await action(failed).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                test.TryWriteLine($"An action at the end of the test failed: {e}");
                if (e is LaunchException failure)
                {
                    failures.Add(failure);
                }
            }
        }

        ThrowAny(failures);
    }

    /// <summary>
    /// Ends the tests that are over without an end, since their framework has given them none. Nobody waits for that.
    /// </summary>
    public static void RunOverdue()
    {
        foreach (var (_, (test, _)) in OfTests)
        {
            if (test.IsOver)
            {
                // Not in the flow of the test that begins.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(() => EndOverdueAsync(test));
                }
            }
        }
    }

    private static async Task EndOverdueAsync(RunningTest test)
    {
        try
        {
            await test.EndAsync(failed: false).ConfigureAwait(false);
        }
        catch (LaunchException)
        {
            // The process fails with it at its end.
        }
    }

    private static void ThrowAny(List<LaunchException> failures)
    {
        if (failures.Count == 1)
        {
            ExceptionDispatchInfo.Throw(failures[0]);
        }

        if (failures.Count > 1)
        {
            throw new LaunchException(string.Join(Environment.NewLine, failures.Select(failure => failure.Message)), new AggregateException(failures));
        }
    }
}
