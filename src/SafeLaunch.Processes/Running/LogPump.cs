using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting;
using SafeLaunch.Supervision;
using SafeLaunch.Wire;

namespace SafeLaunch.Running;

/// <summary>
/// Passes on the log and the output of another process, in their order, on the thread pool: a logger may block, and must hold up neither
/// the launch nor the other process. So many lines may wait; later ones are counted and left out. Without a logger factory this process
/// prints the output, as it prints that of a launch inside of it. The tail of the launch, which never blocks, gets each line when it comes.
/// </summary>
/// <param name="factory">The loggers of the launch; null for none.</param>
/// <param name="launch">The name of the launch.</param>
/// <param name="tail">Keeps the latest lines; null for none.</param>
internal sealed class LogPump(ILoggerFactory? factory, string launch, LogTail? tail)
{
    private const string OutputCategory = "SafeLaunch.Output";
    private const int Longest = 10_000;

    private static readonly TimeSpan FlushTime = TimeSpan.FromMilliseconds(250);

    private readonly object gate = new();
    private readonly Queue<Action> waiting = new();
    private int leftOut;
    private Task pumping = Task.CompletedTask;
    private bool isPumping;

    public void Print(string line, bool isError)
    {
        tail?.Add(LogLevel.Information, OutputCategory, line);
        if (factory is null)
        {
            this.Add(() => (isError ? Console.Error : Console.Out).WriteLine(line));
        }
        else
        {
            this.Log(OutputCategory, logger => logger.Printed(line, launch, isError ? "error" : "output"));
        }
    }

    /// <summary>An entry of the log of the other process.</summary>
    public void Repeat(LogEntry entry)
    {
        tail?.Add((LogLevel)entry.Level, entry.Category, entry.Error is { } error ? $"{entry.Text} {error.Type}: {error.Message}" : entry.Text);
        this.Log(entry.Category, logger => logger.Repeat(entry));
    }

    /// <summary>To the log of the launch.</summary>
    public void Write(Action<ILogger> write)
    {
        if (tail is not null)
        {
            write(tail.CreateLogger(LogCategories.Launch));
        }

        this.Log(LogCategories.Launch, write);
    }

    /// <summary>Waits a moment until all is written.</summary>
    public Task FlushAsync()
    {
        lock (this.gate)
        {
            return this.pumping.EndsWithinAsync(FlushTime);
        }
    }

    private void Log(string category, Action<ILogger> write)
    {
        if (factory is not null)
        {
            this.Add(() => write(new ShieldedLogger(factory.CreateLogger(category))));
        }
    }

    private void Add(Action write)
    {
        lock (this.gate)
        {
            if (this.waiting.Count >= Longest)
            {
                this.leftOut++;
                return;
            }

            this.waiting.Enqueue(write);
            if (!this.isPumping)
            {
                this.isPumping = true;
                this.pumping = Task.Run(this.Pump);
            }
        }
    }

    private void Pump()
    {
        while (this.Next() is { } write)
        {
            try
            {
                write();
            }
            catch (Exception)
            {
                // The factory or the console is closed. There is nowhere left to report it.
            }
        }
    }

    private Action? Next()
    {
        lock (this.gate)
        {
            if (this.waiting.Count > 0)
            {
                return this.waiting.Dequeue();
            }

            if (this.leftOut is var count and > 0)
            {
                this.leftOut = 0;
                return () => factory?.CreateLogger(LogCategories.Launch).LinesLeftOut(launch, count);
            }

            this.isPumping = false;
            return null;
        }
    }
}
