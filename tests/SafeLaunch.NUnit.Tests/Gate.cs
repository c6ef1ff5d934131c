namespace SafeLaunch.NUnitTests;

/// <summary>The one generous time that anything in these tests may take: a test that fails ends, and none is decided by a clock.</summary>
internal static class Gate
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Awaits, but not for ever.</summary>
    public static Task Within(this Task task) => task.WaitAsync(Patience);

    /// <summary>Awaits, but not for ever.</summary>
    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Patience);

    public static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
