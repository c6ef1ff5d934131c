namespace SafeLaunch;

/// <summary>Whether queued work runs while launched code blocks the launch thread.</summary>
public enum BlockingWaitBehavior
{
    /// <summary>
    /// The wait serves the context's queue on the same thread until it ends. Waits for a lock never do, nor does
    /// <see cref="Thread.Sleep(int)"/>, nor code that blocks outside of .NET.
    /// </summary>
    Pump = 0,

    /// <summary>The wait does not pump. Posted work runs after the wait returns.</summary>
    Block = 1,
}
