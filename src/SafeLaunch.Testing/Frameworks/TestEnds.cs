using System.Collections.Concurrent;

namespace SafeLaunch.Frameworks;

/// <summary>The actions for the end of each test.</summary>
internal static class TestEnds
{
    private static readonly ConcurrentDictionary<string, ConcurrentStack<Func<bool, Task>>> Actions = new(StringComparer.Ordinal);

    public static void Add(RunningTest test, Func<bool, Task> action) => Actions.GetOrAdd(test.Id, _ => new()).Push(action);

    public static async Task RunAsync(RunningTest test, bool failed)
    {
        if (!Actions.TryRemove(test.Id, out var actions))
        {
            return;
        }

        while (actions.TryPop(out var action))
        {
            try
            {
                await action(failed).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                test.TryWriteLine($"An action at the end of the test failed: {e}");
            }
        }
    }
}
