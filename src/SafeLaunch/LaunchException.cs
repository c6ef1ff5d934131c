namespace SafeLaunch;

/// <summary>The launch itself failed, as opposed to the code that it runs. The message names the launch.</summary>
public class LaunchException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="LaunchException"/> class.</summary>
    public LaunchException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LaunchException"/> class.</summary>
    /// <param name="message">The launch, the cause and the remedy.</param>
    public LaunchException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LaunchException"/> class.</summary>
    /// <param name="message">The launch, the cause and the remedy.</param>
    /// <param name="innerException">The cause, or null.</param>
    public LaunchException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
