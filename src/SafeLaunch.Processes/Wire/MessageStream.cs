namespace SafeLaunch.Wire;

/// <summary>Messages over a stream: each comes behind its length. One reader and any number of writers at a time.</summary>
internal sealed class MessageStream(Stream stream) : IDisposable
{
    private const int LengthOfLength = sizeof(int);
    private const int Longest = 16 * 1024 * 1024;

    private readonly SemaphoreSlim writing = new(1);

    /// <exception cref="IOException">The other side has gone.</exception>
    public async Task WriteAsync(Message message)
    {
        var frame = FrameOf(message);
        await this.writing.WaitAsync().ConfigureAwait(false);
        try
        {
#pragma warning disable CA1835 // .NET Standard has no other.
            await stream.WriteAsync(frame, 0, frame.Length, CancellationToken.None).ConfigureAwait(false);
#pragma warning restore CA1835
            await stream.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            this.writing.Release();
        }
    }

    /// <returns>Null at the end: the other side has gone.</returns>
    /// <exception cref="InvalidDataException">The other side does not speak this language.</exception>
    public async Task<Message?> ReadAsync()
    {
        try
        {
            return await this.ReadBytesAsync(LengthOfLength).ConfigureAwait(false) is { } length
                && await this.ReadBytesAsync(LengthIn(length)).ConfigureAwait(false) is { } body
                ? MessageFormat.Read(body)
                : null;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A process that was killed leaves no proper end.
            return null;
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        this.writing.Dispose();
    }

    private static byte[] FrameOf(Message message)
    {
        var body = MessageFormat.BytesOf(message);
        var frame = new byte[LengthOfLength + body.Length];
        for (var i = 0; i < LengthOfLength; i++)
        {
            frame[i] = (byte)(body.Length >> (8 * i));
        }

        body.CopyTo(frame, LengthOfLength);
        return frame;
    }

    private static int LengthIn(byte[] prefix)
    {
        var length = prefix[0] | (prefix[1] << 8) | (prefix[2] << 16) | (prefix[3] << 24);
        return length is > 0 and <= Longest ? length : throw new InvalidDataException($"A message of {length} bytes is no message of SafeLaunch.");
    }

    private async Task<byte[]?> ReadBytesAsync(int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
#pragma warning disable CA1835 // .NET Standard has no other.
            var more = await stream.ReadAsync(bytes, read, count - read, CancellationToken.None).ConfigureAwait(false);
#pragma warning restore CA1835
            if (more == 0)
            {
                return null;
            }

            read += more;
        }

        return bytes;
    }
}
