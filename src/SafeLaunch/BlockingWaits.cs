namespace SafeLaunch;

/// <summary>What becomes of queued work while launched code blocks the launch thread.</summary>
public enum BlockingWaits
{
    /// <summary>
    /// The wait serves the launch context on the same thread until it ends. Waits for a lock never do, nor does
    /// <see cref="Thread.Sleep(int)"/>, nor code that blocks outside of .NET.
    /// </summary>
    Pump = 0,

    /// <summary>The wait does not pump. Posted work runs after the wait returns.</summary>
    Block = 1,
}
