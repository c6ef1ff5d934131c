namespace SafeLaunch.Supervision;

/// <summary>The errors that a launch meets while it ends: each once, none lost.</summary>
internal sealed class ErrorList(Action<Exception> onAdded)
{
    private readonly object gate = new();
    private readonly List<Exception> errors = [];

    public void Add(Exception exception)
    {
        lock (this.gate)
        {
            if (this.errors.Contains(exception))
            {
                return;
            }

            this.errors.Add(exception);
        }

        onAdded(exception);
    }

    /// <summary>Null for none, the exception itself if it is the only one.</summary>
    public Exception? ToException(string message)
    {
        lock (this.gate)
        {
            return this.errors.Count switch
            {
                0 => null,
                1 => this.errors[0],
                _ => new AggregateException(message, this.errors),
            };
        }
    }
}
