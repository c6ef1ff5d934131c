namespace SafeLaunch.Endurance;

/// <summary>The one generous time that anything in these tests may take.</summary>
internal static class Patience
{
    public static readonly TimeSpan Time = TimeSpan.FromMinutes(1);

    /// <summary>Awaits, but not for ever.</summary>
    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Time);

    /// <summary>Awaits, but not for ever.</summary>
    public static Task Within(this Task task) => task.WaitAsync(Time);
}
