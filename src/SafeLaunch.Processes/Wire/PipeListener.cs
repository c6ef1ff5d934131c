using System.IO.Pipes;

namespace SafeLaunch.Wire;

/// <summary>A named pipe of Windows.</summary>
internal sealed class PipeListener : ChannelListener
{
    private readonly string name = $"SafeLaunch.{Secret()}";
    private NamedPipeServerStream next;

    public PipeListener() => this.next = this.Create();

    public override string Address => ChannelAddress.OfPipe(this.name);

    public override void Dispose() => this.next.Dispose();

    protected override async Task<Stream> AcceptAsync()
    {
        var connected = this.next;
        await connected.WaitForConnectionAsync().ConfigureAwait(false);
        this.next = this.Create();
        return connected;
    }

    private NamedPipeServerStream Create() =>
        new(this.name, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
}
