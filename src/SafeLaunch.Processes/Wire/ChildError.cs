namespace SafeLaunch.Wire;

/// <summary>An exception of the child process as data.</summary>
internal sealed record ChildError(string Type, string Message, string? Stack, ChildError? Inner)
{
    /// <summary>So many exceptions of a chain cross the border: the outer ones.</summary>
    private const int MostInChain = 16;

    public static ChildError? Of(Exception? exception) => Of(exception, MostInChain);

    /// <summary>Reads an exception with its inner ones; null for none.</summary>
    public static ChildError? Read(DataReader data)
    {
        var parts = new (string Type, string Message, string? Stack)[data.ReadCount()];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = (data.ReadText(), data.ReadText(), data.ReadOptionalText());
        }

        ChildError? error = null;
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            error = new(parts[i].Type, parts[i].Message, parts[i].Stack, error);
        }

        return error;
    }

    public static void Write(ChildError? error, DataWriter data)
    {
        data.Write(CountFrom(error));
        for (var part = error; part is not null; part = part.Inner)
        {
            data.Write(part.Type);
            data.Write(part.Message);
            data.Write(part.Stack);
        }
    }

    /// <summary>An exception of SafeLaunch has its own type here too, so that callers catch it as that of any launch.</summary>
    public Exception ToException() => this.Type switch
    {
        "SafeLaunch.LaunchException" => new LaunchException(this.Message, this.Inner?.ToException()),
        "SafeLaunch.LaunchTimeoutException" => new LaunchTimeoutException(this.Message, this.Inner?.ToException()),
        _ => new ChildException(this.Type, this.Message, this.Stack, this.Inner?.ToException()),
    };

    private static ChildError? Of(Exception? exception, int most) =>
        exception is null || most == 0
            ? null
            : new(exception.GetType().FullName!, BoundedText.Cut(exception.Message), exception.StackTrace is { } stack ? BoundedText.Cut(stack) : null, Of(exception.InnerException, most - 1));

    private static int CountFrom(ChildError? error)
    {
        var count = 0;
        for (var part = error; part is not null; part = part.Inner)
        {
            count++;
        }

        return count;
    }
}
