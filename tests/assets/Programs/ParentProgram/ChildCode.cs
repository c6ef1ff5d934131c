using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeLaunch;

namespace ParentProgram;

/// <summary>The code of the child processes.</summary>
internal static class ChildCode
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static void Wait(LaunchContext context)
    {
        using var console = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Console.WriteLine("The child got SIGINT."));
        context.SignalReady();
        Console.WriteLine($"process {Environment.ProcessId}");
        context.Stopping.WaitHandle.WaitOne();
    }

    /// <summary>Never ends to change the options of its launch, and has started a process itself.</summary>
    public static void NeverConfigure(LaunchOptions options) => BeDeaf();

    /// <summary>Ignores every request to stop, and has started a process itself.</summary>
    public static void BeDeaf()
    {
        using var started = Process.Start("sleep", "1000");
        Console.WriteLine($"started {started.Id} by process {Environment.ProcessId}");
        while (true)
        {
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                // It ignores even that.
            }
        }
    }

    /// <summary>Logs more than the parent takes while it is paused: between the file "go", which the test makes, and the file "logged".</summary>
    public static void LogMuch(LaunchContext context)
    {
        var folder = Environment.GetEnvironmentVariable("PARENT_FOLDER")!;
        var logger = context.LaunchServices.GetRequiredService<ILoggerFactory>().CreateLogger("Child");
        context.SignalReady();
        Console.WriteLine($"process {Environment.ProcessId}");
        while (!File.Exists(Path.Combine(folder, "go")))
        {
            Thread.Sleep(Pause);
        }

        for (var i = 0; i < 30_000; i++)
        {
#pragma warning disable CA1848 // It is the test of a log, and logs once.
            logger.LogInformation("An entry of the log.");
#pragma warning restore CA1848
        }

        File.WriteAllText(Path.Combine(folder, "logged"), "");
        context.Stopping.WaitHandle.WaitOne();
    }
}
