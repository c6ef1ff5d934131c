using System.Globalization;

namespace SafeLaunch.TestKit;

/// <summary>Waits that have one generous time-out: a test that fails ends, and no test is decided by a clock.</summary>
internal static class Gate
{
    /// <summary>How long anything in a test may take. SAFELAUNCH_PATIENCE sets fewer seconds, for mutation testing, where most runs fail.</summary>
    public static readonly TimeSpan Patience =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("SAFELAUNCH_PATIENCE") ?? "60", CultureInfo.InvariantCulture));

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
