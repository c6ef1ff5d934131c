namespace SafeLaunch.ConsoleInput;

/// <summary>One read that waits for its text.</summary>
/// <param name="read">Reads from the source by the same method as the caller; null at its end.</param>
/// <param name="measure">How much of a text answers the read; zero where more text is needed.</param>
internal sealed class ReadRequest(Func<TextReader, string?> read, Func<string, int> measure)
{
    private readonly ExecutionContext? flow = ExecutionContext.Capture();

    public bool IsAnswered { get; private set; }

    /// <summary>Null at the end of the input.</summary>
    public string? Answer { get; private set; }

    /// <summary>What the source threw.</summary>
    public Exception? Error { get; private set; }

    /// <summary>The text stays for the next read.</summary>
    public bool Peeks { get; init; }

    public static ReadRequest Line() => new(
        static source => source.ReadLine() is { } line ? line + Environment.NewLine : null,
        static text => text.AsSpan().IndexOf('\n') + 1);

    public static ReadRequest Character(bool peeks) => new(
        static source => source.Read() is >= 0 and var character ? ((char)character).ToString() : null,
        static text => Math.Min(text.Length, 1)) { Peeks = peeks };

    public static ReadRequest Characters(int count) => new(
        source =>
        {
            var buffer = new char[count];
            return source.Read(buffer, 0, count) is > 0 and var length ? new(buffer, 0, length) : null;
        },
        text => Math.Min(text.Length, count));

    /// <summary>Blocks, in the flow of the caller that waits: the source may distinguish its callers, too.</summary>
    public string? ReadFrom(TextReader source)
    {
        if (this.flow is null)
        {
            return read(source);
        }

        string? text = null;
        ExecutionContext.Run(this.flow, _ => text = read(source), null);
        return text;
    }

    /// <summary>Takes its part of the text that was read, if that is enough.</summary>
    public bool TryAnswerFrom(ref string text)
    {
        var length = measure(text);
        if (length == 0)
        {
            return false;
        }

        this.AnswerWith(ref text, length);
        return true;
    }

    /// <summary>No more text will come: the rest has to do.</summary>
    public void End(ref string text) => this.AnswerWith(ref text, text.Length);

    public void Fail(Exception error)
    {
        this.Error = error;
        this.IsAnswered = true;
    }

    private void AnswerWith(ref string text, int length)
    {
        this.Answer = length == 0 ? null : text.Substring(0, length);
        this.IsAnswered = true;
        if (!this.Peeks)
        {
            text = text.Substring(length);
        }
    }
}
