namespace SafeLaunch;

/// <summary>A launch did not do in time what was waited for. The message says what that was, and what was seen instead.</summary>
public class LaunchTimeoutException : LaunchException
{
    /// <summary>Initializes a new instance of the <see cref="LaunchTimeoutException"/> class.</summary>
    public LaunchTimeoutException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LaunchTimeoutException"/> class.</summary>
    /// <param name="message">The launch, what was waited for, what was seen, and the remedy.</param>
    public LaunchTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LaunchTimeoutException"/> class.</summary>
    /// <param name="message">The launch, what was waited for, what was seen, and the remedy.</param>
    /// <param name="innerException">The cause, or null.</param>
    public LaunchTimeoutException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
