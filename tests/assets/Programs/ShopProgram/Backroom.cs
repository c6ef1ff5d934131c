using System.Threading.Channels;

namespace ShopProgram;

/// <summary>Work that no request asked for: it logs the lines that it is given, in a separate flow.</summary>
public sealed class Backroom(ILogger<Backroom> logger) : BackgroundService
{
    private readonly Channel<string> words = Channel.CreateUnbounded<string>();

    /// <summary>How often it was stopped.</summary>
    public int Stops { get; private set; }

    public void Say(string text) => this.words.Writer.TryWrite(text);

    /// <summary>The next line is an error.</summary>
    public void Break(Exception error) => this.words.Writer.Complete(error);

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        this.Stops++;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var text in this.words.Reader.ReadAllAsync(stoppingToken))
        {
            logger.LogInformation("Said {Text}.", text);
        }
    }
}
