namespace SafeLaunch;

/// <summary>A launch did not become ready, or a step of its stop did not end, within its time-out. The message names the missing step and the observation.</summary>
public class LaunchTimeoutException : LaunchException
{
    /// <summary>Initializes a new instance of the <see cref="LaunchTimeoutException"/> class.</summary>
    public LaunchTimeoutException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LaunchTimeoutException"/> class.</summary>
    /// <param name="message">The launch, the step, the observation, and the remedy.</param>
    public LaunchTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LaunchTimeoutException"/> class.</summary>
    /// <param name="message">The launch, the step, the observation, and the remedy.</param>
    /// <param name="innerException">The cause, or null.</param>
    public LaunchTimeoutException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
