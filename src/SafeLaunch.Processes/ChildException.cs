namespace SafeLaunch;

/// <summary>An exception that launched code threw in its child process. It has the message and the stack of that exception.</summary>
public sealed class ChildException : Exception
{
    private readonly string? stack;

    /// <summary>Initializes a new instance of the <see cref="ChildException"/> class.</summary>
    public ChildException()
        : this("An exception was thrown in a child process.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ChildException"/> class.</summary>
    /// <param name="message">The message.</param>
    public ChildException(string message)
        : this(message, innerException: null)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ChildException"/> class.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause, or null.</param>
    public ChildException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal ChildException(string typeName, string message, string? stack, Exception? innerException)
        : this($"{typeName}: {message}", innerException)
    {
        this.TypeName = typeName;
        this.stack = stack;
    }

    /// <summary>Gets the full name of the type of the exception in the child process.</summary>
    public string TypeName { get; } = typeof(Exception).FullName!;

    /// <summary>Gets where the exception was thrown in the child process.</summary>
    public override string? StackTrace => this.stack ?? base.StackTrace;
}
