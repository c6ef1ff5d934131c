using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SafeLaunch.Servers;

/// <summary>The ends of names that no other test has, in this process or in others that run at the same time.</summary>
internal static class IsolatedNames
{
    private static readonly string OfProcess = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 8);
    private static readonly ConcurrentDictionary<string, string> OfTests = new(StringComparer.Ordinal);
    private static int last;

    /// <summary>The one of the caller's test; a new one outside of all tests.</summary>
    public static string Suffix() =>
        RunningTest.FindCurrent() is { IsSingleTest: true } test ? OfTests.GetOrAdd(test.Id, _ => MakeFor(test)) : Make();

    private static string MakeFor(RunningTest test)
    {
        test.AtEnd(_ =>
        {
            OfTests.TryRemove(test.Id, out var _);
            return Task.CompletedTask;
        });
        return Make();
    }

    private static string Make() => $"{OfProcess}_{Interlocked.Increment(ref last)}";
}
