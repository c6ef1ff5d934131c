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
        var child = new TaskCompletionSource<(MessageStream Channel, Hello Hello)>(TaskCreationOptions.RunContinuationsAsynchronously);
        List<MessageStream> others = [];
        try
        {
            while (true)
            {
                var next = this.AcceptAsync();
                next.Forget();
                if (await Task.WhenAny(child.Task, next).ConfigureAwait(false) == child.Task)
                {
                    var accepted = await child.Task.ConfigureAwait(false);
                    others.Remove(accepted.Channel);
                    return accepted;
                }

                var channel = new MessageStream(await next.ConfigureAwait(false));
                others.Add(channel);
                this.GreetAsync(channel, child).Forget();
            }
        }
        finally
        {
            others.ForEach(static other => other.Dispose());
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

    /// <summary>Reads the first message. A stranger may send anything, and its connection may fail in any way: it is closed.</summary>
    private async Task GreetAsync(MessageStream channel, TaskCompletionSource<(MessageStream Channel, Hello Hello)> child)
    {
        var isChild = false;
        try
        {
            isChild = await channel.ReadAsync().ConfigureAwait(false) is Hello hello
                && string.Equals(hello.Token, this.Token, StringComparison.Ordinal)
                && child.TrySetResult((channel, hello));
        }
        finally
        {
            if (!isChild)
            {
                channel.Dispose();
            }
        }
    }
}
