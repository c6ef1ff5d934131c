using System.Net.Sockets;
using System.Text;

namespace SafeLaunch.Hosting.Tests.Systemd;

/// <summary>The datagram socket of systemd.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <param name="isAbstract">Whether it lives in the abstract name space of Linux, and in no folder.</param>
    public NotifySocket(bool isAbstract)
    {
        var name = $"safelaunch-{Guid.NewGuid():N}";
        this.Variable = isAbstract ? $"@{name}" : Path.Combine(Path.GetTempPath(), name);
        this.socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? $"\0{name}" : this.Variable));
    }

    /// <summary>Gets the value of NOTIFY_SOCKET.</summary>
    public string Variable { get; }

    public bool HasMessage => this.socket.Available > 0;

    /// <summary>The next message.</summary>
    public async Task<string> ReadAsync() => await this.TryReadAsync(Gate.Patience) ?? throw new TimeoutException("systemd was told nothing.");

    /// <summary>The next message that is another one.</summary>
    public async Task<string> ReadOtherThanAsync(string message)
    {
        string next;
        do
        {
            next = await this.ReadAsync();
        }
        while (message.Equals(next, StringComparison.Ordinal));

        return next;
    }

    /// <summary>Reads messages until none has come for a while.</summary>
    public async Task ReadToSilenceAsync(TimeSpan silence)
    {
        var deadline = DateTime.UtcNow + Gate.Patience;
        while (await this.TryReadAsync(silence) is not null)
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(deadline), "systemd is told more and more.");
        }
    }

    public void Dispose()
    {
        this.socket.Dispose();
        if (!this.Variable.StartsWith('@'))
        {
            File.Delete(this.Variable);
        }
    }

    private async Task<string?> TryReadAsync(TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        var buffer = new byte[256];
        try
        {
            return Encoding.UTF8.GetString(buffer, 0, await this.socket.ReceiveAsync(buffer, end.Token));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
