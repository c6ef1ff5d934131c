using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeLaunch.Wire;

namespace SafeLaunch.Child;

/// <summary>Makes the launcher that an order describes.</summary>
internal static class ChildLauncher
{
    private const string ConsoleProvider = "Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider";
    private const string ByReflection = "The parent names the method or the program, which is found by reflection.";

    public static Launcher Of(Order order, ILoggerProvider logs, Launcher[] launchers) =>
        Array.Find(launchers, launcher => string.Equals(launcher.Name, order.Name, StringComparison.Ordinal)) is { } made
            ? new(new OrderedSource(made.Source, options => Apply(order, options, logs)))
            : Find(order, logs);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = ByReflection)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = ByReflection)]
    private static Launcher Find(Order order, ILoggerProvider logs)
    {
        if (order.Method is { Token: MethodReference.NoToken })
        {
            throw new LaunchException($"Launch '{order.Name}': its child process is native code, in which no method is found by reflection, and {nameof(ChildProcess)}.{nameof(ChildProcess.RunIfChild)} was called without a launcher of that name. Pass one to it.");
        }

        if (order.Method is { } method)
        {
            return MethodLauncher.Of(FoundMethod.Find(method), options => Apply(order, options, logs));
        }

        var program = order.Program!;
        return Launcher.ForProgram(FoundMethod.AssemblyOf(program), options =>
        {
            foreach (var argument in program.Args)
            {
                options.Args.Add(argument);
            }

            options.Environment = program.Environment;
            options.ContentRoot = program.ContentRoot;
            options.PassHostArguments = program.PassHostArguments;
            options.SetEntryAssembly = program.SetEntryAssembly;
            Apply(order, options, logs);
        });
    }

    private static void Apply(Order order, LaunchOptions options, ILoggerProvider logs)
    {
        options.Name = order.Name;
        options.StartTimeout = order.StartTimeout;
        options.StopTimeout = order.StopTimeout;
        options.InterruptAfter = order.InterruptAfter;
        options.BlockingWaits = order.BlockingWaits;
        options.UnservedWorkTimeout = order.UnservedWorkTimeout;
        options.UnhandledExceptions = order.UnhandledExceptions;
        options.RouteConsoleInput = order.RouteConsoleInput;
        foreach (var entry in order.Configuration)
        {
            options.Configuration[entry.Key] = entry.Value;
        }

        if (order.LogLevel is { } level)
        {
            options.LoggerFactory = new LoggerFactory([logs], new LoggerFilterOptions { MinLevel = (LogLevel)level });
        }

        if (order.LogLevel is not null || order.KeepLogLines)
        {
            SendLog(options, logs, keepsConsole: order.LogLevel is null);
        }

        if (order.Web is { } web)
        {
            WebData.AddTo(options, web);
        }

        foreach (var configure in order.Configure)
        {
            FoundMethod.Find(configure).CreateCall<Action<LaunchOptions>>()(options);
        }
    }

    /// <param name="options">The options of the launch.</param>
    /// <param name="logs">Sends the entries of the app hosts to the parent.</param>
    /// <param name="keepsConsole">Whether the console gets them too: a parent without loggers prints the output, and them with it.</param>
    private static void SendLog(LaunchOptions options, ILoggerProvider logs, bool keepsConsole) =>
        options.AddAppHostConfiguration(host => host.ConfigureServices((_, services) =>
        {
            // Otherwise the loggers of the parent would get each entry a second time, as lines of the output.
            foreach (var console in services.Where(service => !keepsConsole && string.Equals(service.ImplementationType?.FullName, ConsoleProvider, StringComparison.Ordinal)).ToArray())
            {
                services.Remove(console);
            }

            services.AddLogging(logging => logging.AddProvider(logs));
        }));
}
