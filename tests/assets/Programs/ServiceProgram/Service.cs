using System.Collections.Concurrent;
using SafeLaunch;

namespace ServiceProgram;

/// <summary>The launched code: it obeys the lines of the standard input, over all of its runs.</summary>
internal sealed class Service
{
    private readonly BlockingCollection<string> commands = [];

    public Service() => new Thread(this.Read) { IsBackground = true }.Start();

    public static void Configure(LaunchOptions options)
    {
        options.RouteConsoleInput = false;
        options.UnservedWorkTimeout = TimeSpan.FromMilliseconds(50);
    }

    public void Run(LaunchContext context)
    {
        Console.WriteLine("begun");
        foreach (var command in this.commands.GetConsumingEnumerable(context.Stopping))
        {
            switch (command)
            {
                case "be ready":
                    context.SignalReady();
                    break;
                case "crash":
                    throw new InvalidOperationException("It was told to crash.");
                case "stay":
                    this.Stay();
                    break;
                case "hang":
                    this.Hang(context);
                    break;
            }
        }
    }

    /// <summary>Goes on, also when it is asked to stop, until it is told otherwise.</summary>
    private void Stay()
    {
        Console.WriteLine("stays");
        while (!this.commands.Take().Equals("go", StringComparison.Ordinal))
        {
            // It obeys nothing but that.
        }
    }

    /// <summary>Leaves posted work unserved until the next line.</summary>
    private void Hang(LaunchContext context)
    {
        context.SynchronizationContext.Post(_ => { }, state: null);
        while (this.commands.Count == 0)
        {
            Thread.Sleep(10);
        }
    }

    private void Read()
    {
        while (Console.ReadLine() is { } line)
        {
            this.commands.Add(line);
        }
    }
}
