using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SafeLaunch.Child;
using SafeLaunch.Hosting;
using SafeLaunch.Running;
using SafeLaunch.Supervision;
using SafeLaunch.Wire;

namespace SafeLaunch.Parent;

/// <summary>What a launcher starts in each child process: the program, and the order that it is given.</summary>
internal sealed class ChildPlan
{
    private readonly LaunchOptions options;
    private readonly ChildProgram program;
    private readonly string? workingDirectory;
    private readonly Dictionary<string, string?> environment;
    private readonly bool usesLoopback;
    private readonly Order order;

    /// <exception cref="ArgumentException">The launch cannot run in a child process; the message says why.</exception>
    public ChildPlan(LaunchOptions options, ChildProcessOptions child, ChildProgram program, MethodReference? method, ProgramReference? launched)
    {
        CodeCheck.ThrowIfAny(options);
        this.options = options;
        this.program = program;
        this.workingDirectory = child.WorkingDirectory;
        this.environment = new(child.EnvironmentVariables, StringComparer.Ordinal);
        this.usesLoopback = child.UseLoopback;
        this.order = new()
        {
            Name = options.Name,
            StartTimeout = options.StartTimeout,
            StopTimeout = options.StopTimeout,
            InterruptAfter = options.InterruptAfter,
            BlockingWaits = options.BlockingWaits,
            UnservedWorkTimeout = options.UnservedWorkTimeout,
            UnhandledExceptions = options.UnhandledExceptions,
            RouteConsoleInput = options.RouteConsoleInput,
            Configuration = new(options.Configuration, StringComparer.OrdinalIgnoreCase),
            LogLevel = LowestLevel(options.LoggerFactory),
            Method = method,
            Program = launched,
            Configure = [.. child.Configure],
        };
    }

    public LaunchOptions Options => this.options;

    /// <summary>The program of the child process, for messages.</summary>
    public ChildProgram Program => this.program;

    public ProcessStartInfo StartInfo(ChannelListener listener)
    {
        var start = this.program.StartInfo();
        start.WorkingDirectory = this.workingDirectory ?? "";
        ProcessEnvironment.Apply(this.environment, start);
        new ChildVariable(listener.Address, listener.Token, this.program.Folders).AddTo(start.Environment, this.program.Hook);
        return start;
    }

    /// <param name="startTime">How long the child has to be ready.</param>
    /// <param name="context">The launch.</param>
    public Order OrderFor(TimeSpan startTime, LaunchContext context)
    {
        var keepsLines = context.LogTail is { IsOpen: true };
        return this.order with
        {
            StartTimeout = startTime,

            // A host that starts the launch again hands its token on after this plan was made.
            Web = this.WebOfOptions(),
            EarlierAddresses = [.. context.EarlierAddresses.Select(address => address.OriginalString)],
            KeepLogLines = keepsLines,
            LogLevel = keepsLines && this.order.LogLevel is { } level ? Math.Min(level, (int)LogTail.Lowest) : this.order.LogLevel,
        };
    }

    private Dictionary<string, string?>? WebOfOptions()
    {
        var data = this.options.Parts.Values.OfType<IDataPart>().SingleOrDefault()?.ToData();
        var web = data?.ToDictionary(entry => entry.Key, string? (entry) => entry.Value, StringComparer.Ordinal);
        if (this.usesLoopback)
        {
            web ??= new(StringComparer.Ordinal);
            web[WebData.UseLoopback] = "";
        }

        return web;
    }

    private static int? LowestLevel(ILoggerFactory? factory)
    {
        var logger = factory?.CreateLogger(LogCategories.Launch);
        return logger is null ? null : Enumerable.Range((int)LogLevel.Trace, (int)LogLevel.None).Where(level => logger.IsEnabled((LogLevel)level)).Append((int)LogLevel.None).First();
    }
}
