using System.Threading.Channels;
using SafeLaunch.Wire;

namespace SafeLaunch.Processes.Tests.Wire;

/// <summary>A listener that accepts the connections that a test gives it.</summary>
internal sealed class ListedConnections : ChannelListener
{
    private readonly Channel<Stream> connections = Channel.CreateUnbounded<Stream>();

    public override string Address => "test:";

    public void Connect(Stream connection) => this.connections.Writer.TryWrite(connection);

    /// <summary>The first words of the child.</summary>
    public byte[] SayHello()
    {
        using var bytes = new MemoryStream();
        using var stream = new MessageStream(bytes);
        stream.WriteAsync(new Hello(this.Token, Hello.CurrentVersion)).GetAwaiter().GetResult();
        return bytes.ToArray();
    }

    public override void Dispose() => this.connections.Writer.TryComplete(new ObjectDisposedException(nameof(ListedConnections)));

    protected override async Task<Stream> AcceptAsync()
    {
        try
        {
            return await this.connections.Reader.ReadAsync();
        }
        catch (ChannelClosedException e)
        {
            throw e.InnerException!;
        }
    }
}
