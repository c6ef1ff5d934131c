using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SafeLaunch.Wire;

namespace SafeLaunch.Child;

/// <summary>
/// Sends messages to the parent in their order, on a separate thread. The parent may be slow, or paused by a debugger: so many log
/// entries wait for it, and later ones are counted and left out. No thread of the app waits for it.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private const int Longest = 10_000;

    private readonly BlockingCollection<Message> messages = new(new ConcurrentQueue<Message>());
    private readonly MessageStream channel;
    private readonly Thread sender;
    private int leftOut;

    public Outbox(MessageStream channel)
    {
        this.channel = channel;
        this.sender = new(this.Send) { IsBackground = true, Name = "SafeLaunch.Outbox" };
        this.sender.Start();
    }

    public void Post(Message message)
    {
        try
        {
            if (message is LogEntry && this.messages.Count >= Longest)
            {
                Interlocked.Increment(ref this.leftOut);
            }
            else
            {
                this.messages.Add(message);
            }
        }
        catch (InvalidOperationException)
        {
            // Closed: the parent knows how the launch ended, and waits for no more.
        }
    }

    /// <summary>The messages that are posted already are still sent.</summary>
    public void Close() => this.messages.CompleteAdding();

    /// <summary>Called when the process ends.</summary>
    public void Dispose()
    {
        this.Close();
        this.messages.Dispose();
    }

    private void Send()
    {
        try
        {
            foreach (var message in this.messages.GetConsumingEnumerable())
            {
                this.SendNow(message);
                if (Interlocked.Exchange(ref this.leftOut, 0) is var count and > 0)
                {
                    this.SendNow(new LogEntry(LogCategories.Launch, (int)LogLevel.Warning, EventId: 51, "LinesLeftOut", $"{count} log entries of the child process were left out, since its parent takes longer than they came.", Error: null));
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The parent has gone; the thread that listens to it stops the launch.
        }
    }

    private void SendNow(Message message) => this.channel.WriteAsync(message).GetAwaiter().GetResult();
}
