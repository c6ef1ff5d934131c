using Microsoft.Extensions.Logging;

namespace SafeLaunch.Threading;

/// <summary>
/// The name and the logger of a launch, for its synchronization context once the launch has ended. A <see cref="Progress{T}"/> or a
/// timer may keep that context for long, and the context must not keep the launch.
/// </summary>
internal sealed class AfterEnd(string launch, ILogger logger)
{
    private int hasLoggedPost;

    /// <summary>Work was posted after the end and runs on the thread pool.</summary>
    public void OnPosted()
    {
        if (Interlocked.Exchange(ref this.hasLoggedPost, 1) == 0)
        {
            logger.PostedLate(launch);
        }
    }

    /// <summary>Whether the stop has interrupted the launch thread.</summary>
    public bool WasInterrupted { get; set; }

    /// <summary>Work that runs after the end threw.</summary>
    public void OnCallbackThrew(Exception exception)
    {
        if (!StopExceptions.Include(exception, isStopping: true, this.WasInterrupted))
        {
            logger.CallbackThrew(exception, launch);
        }
    }

    /// <summary>The exception for a caller who needs the launch thread after its end.</summary>
    public LaunchException CreateException() => LaunchErrors.Ended(launch);
}
