namespace SafeLaunch.ConsoleInput;

/// <summary>
/// The reader of <see cref="Console.In"/> while launches run: a read that is called inside of a launch ends with it, and no read holds
/// up another.
/// </summary>
/// <remarks>
/// The console puts a reader around it whose methods hold a lock. Waiting on that lock releases it, so that the reads of other
/// callers come in.
/// </remarks>
/// <param name="pump">Reads from the reader that was there before.</param>
internal sealed class RoutedReader(InputPump pump) : TextReader
{
    public override int Peek() => this.Ask(ReadRequest.Character(peeks: true)) is { } text ? text[0] : -1;

    public override int Read() => this.Ask(ReadRequest.Character(peeks: false)) is { } text ? text[0] : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        Guard.NotNull(buffer, nameof(buffer));
        if (index < 0 || count < 0 || buffer.Length - index < count)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"A buffer of {buffer.Length} has no {count} characters from {index} on.");
        }

        if (count == 0 || this.Ask(ReadRequest.Characters(count)) is not { } text)
        {
            return 0;
        }

        text.CopyTo(0, buffer, index, text.Length);
        return text.Length;
    }

    public override string? ReadLine() =>
        this.Ask(ReadRequest.Line()) switch
        {
            null => null,
            [.. var line, '\r', '\n'] => line,
            [.. var line, '\n'] => line,
            var last => last,
        };

    private string? Ask(ReadRequest request) => pump.Ask(request, EndOfInput.Current);
}
