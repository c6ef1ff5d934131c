using System.Threading.Channels;

namespace SafeLaunch.Benchmarks.Contexts;

/// <summary>The least that such a thread can be: a loop over a channel. No context, no execution context, no errors.</summary>
public sealed class ChannelContender : Contender
{
    private readonly Channel<(SendOrPostCallback Callback, object? State)> channel =
        Channel.CreateUnbounded<(SendOrPostCallback, object?)>(new() { SingleReader = true });

    private readonly Thread thread;

    public ChannelContender()
    {
        this.thread = new(this.Loop);
        this.thread.Start();
    }

    public override void Post(SendOrPostCallback callback, object? state) => this.channel.Writer.TryWrite((callback, state));

    protected override void Dispose(bool disposing)
    {
        this.channel.Writer.Complete();
        this.thread.Join();
    }

    private void Loop()
    {
        var reader = this.channel.Reader;
        do
        {
            while (reader.TryRead(out var item))
            {
                item.Callback(item.State);
            }
        }
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult());
    }
}
