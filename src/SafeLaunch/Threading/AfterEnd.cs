using Microsoft.Extensions.Logging;

namespace SafeLaunch.Threading;

/// <summary>
/// What a launch synchronization context still needs once its launch has ended: a name and a logger. A context may be kept for
/// long, by a <see cref="Progress{T}"/> or a timer, and must not keep the launch.
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

    /// <summary>Work that runs after the end threw.</summary>
    public void OnCallbackThrew(Exception exception) => logger.CallbackThrew(exception, launch);

    /// <summary>The exception for a caller who needs the launch thread after its end.</summary>
    public LaunchException CreateException() => LaunchErrors.Ended(launch);
}
