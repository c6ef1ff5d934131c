// Launches one of the templates that it refers to, or one by its path, as often as the lines of its input say:
//   start            on a free port
//   start ADDRESS    at an address
//   stop             the oldest launch that runs
//   unloaded         how many launches were unloaded, after that many or a warning
// Each line is answered by one line. Arguments: the program or its path, how to launch it ("entry-point" or "delegate"), its environment
// ("" for none), and entries of Configuration as key=value.
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Logging;
using SafeLaunch;

var (program, how, environment, configuration) = (args[0], args[1], args[2], args[3..].Select(entry => entry.Split('=', 2)).ToArray());
var handles = new Queue<LaunchHandle>();
var ends = new Ends();
var stopped = 0;
while (Console.ReadLine() is { } line)
{
    try
    {
        Console.WriteLine(line.Split(' ') switch
        {
            ["start"] => Start(options => options.UseLoopback()),
            ["start", var address] => Start(options => options.UseUrls(address)),
            ["unloaded"] => CountUnloaded(),
            _ => Stop(),
        });
    }
    catch (Exception e)
    {
        Console.WriteLine("answer " + e.ToString().ReplaceLineEndings(" "));
    }
}

string Stop()
{
    stopped++;
    return $"answer {handles.Dequeue().Stop().Kind}";
}

string CountUnloaded()
{
    SpinWait.SpinUntil(
        () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return ends.Events.Count == stopped;
        },
        TimeSpan.FromSeconds(60));
    return $"answer {ends.Events.Count(id => id == Ends.Unloaded)}";
}

string Start(Action<LaunchOptions> place)
{
    var launcher = how == "entry-point" ? Launcher.ForProgram(program, options =>
    {
        options.Environment = environment.Length > 0 ? environment : null;
        Configure(options);
    }) : ByDelegate();
    var handle = launcher.Start();
    handles.Enqueue(handle);
    return $"answer {string.Join(' ', handle.Addresses)}";

    Launcher ByDelegate()
    {
        var main = Assembly.Load(program).EntryPoint!.CreateDelegate<Action<string[]>>();
        string[] arguments =
        [
            $"--applicationName={program}", $"--contentRoot={Path.Combine(AppContext.BaseDirectory, "../../../..", program)}", $"--environment={environment}",
        ];
        return Launcher.For(() => main(arguments), Configure);
    }

    void Configure(LaunchOptions options)
    {
        foreach (var entry in configuration)
        {
            options.Configuration[entry[0]] = entry[1];
        }

        options.LoggerFactory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(ends));
        place(options);
    }
}

/// <summary>Keeps the events that say what has become of the code of each launch.</summary>
internal sealed class Ends : ILoggerProvider, ILogger
{
    public const int Unloaded = 31;

    public const int StillLoaded = 32;

    public ConcurrentQueue<int> Events { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id is Unloaded or StillLoaded)
        {
            this.Events.Enqueue(eventId.Id);
        }
    }

    public void Dispose()
    {
    }
}
