using System.Globalization;

namespace SafeLaunch.Tests;

/// <summary>The one generous time that anything in these tests may take: a test that fails ends, and none is decided by a clock.</summary>
internal static class Gate
{
    /// <summary>Set to less where most runs are to fail, as in mutation testing.</summary>
    public static readonly TimeSpan Patience =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("SAFELAUNCH_PATIENCE") ?? "30", CultureInfo.InvariantCulture));

    /// <summary>Awaits, but not for ever.</summary>
    public static Task Within(this Task task) => task.WaitAsync(Patience);

    /// <summary>Awaits, but not for ever.</summary>
    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Patience);

    /// <summary>Blocks, but not for ever.</summary>
    public static void Pass(this ManualResetEventSlim gate) =>
        Assert.That(gate.Wait(Patience), Is.True, "the gate was not opened");

    public static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
