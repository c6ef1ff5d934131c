using System.Security.Cryptography;

namespace SafeLaunch.Wire;

/// <summary>Where a launch waits for its child process.</summary>
internal abstract class ChannelListener : IDisposable
{
    public abstract string Address { get; }

    /// <summary>The secret by which the child is known.</summary>
    public string Token { get; } = Secret();

    /// <summary>Waits for the child. Connections of strangers are closed.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of before the child came.</exception>
    public async Task<(MessageStream Channel, Hello Hello)> AcceptChildAsync()
    {
        var child = new TaskCompletionSource<(MessageStream, Hello)>(TaskCreationOptions.RunContinuationsAsynchronously);
        while (true)
        {
            var next = this.AcceptAsync();
            next.Forget();
            if (await Task.WhenAny(child.Task, next).ConfigureAwait(false) == child.Task)
            {
                return await child.Task.ConfigureAwait(false);
            }

            _ = this.GreetAsync(new(await next.ConfigureAwait(false)), child);
        }
    }

    public abstract void Dispose();

    protected static string Secret()
    {
        var bytes = new byte[16];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return string.Concat(bytes.Select(part => part.ToString("x2")));
    }

    protected abstract Task<Stream> AcceptAsync();

    private async Task GreetAsync(MessageStream channel, TaskCompletionSource<(MessageStream Channel, Hello Hello)> child)
    {
        Message? first = null;
        try
        {
            first = await channel.ReadAsync().ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            // A stranger.
        }

        if (first is not Hello hello || !string.Equals(hello.Token, this.Token, StringComparison.Ordinal) || !child.TrySetResult((channel, hello)))
        {
            channel.Dispose();
        }
    }
}
