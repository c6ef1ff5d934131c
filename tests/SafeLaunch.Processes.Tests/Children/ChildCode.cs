using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>The code that the tests launch in child processes.</summary>
internal static class ChildCode
{
    /// <summary>A web server that tells its process, and does as it is asked.</summary>
    public static void Serve()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        var app = builder.Build();
        app.MapGet("/", () => "served");
        app.MapGet("/process", () => Environment.ProcessId);
        app.MapGet("/configuration/{key}", (string key) => app.Configuration[key]);
        app.MapGet("/variable/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
        app.MapGet("/folder", () => Environment.CurrentDirectory);
        app.MapGet("/log/{text}", (string text) => app.Logger.LogWarning("Asked for {Text}.", text));
        app.MapGet("/print/{text}", (string text) => Console.WriteLine(text));
        app.MapGet("/print-error/{text}", (string text) => Console.Error.WriteLine(text));
        app.MapGet("/greeting", (IServiceProvider services) => services.GetService<Greeting>()?.Text);
        app.MapGet("/exit/{code:int}", (int code) => Environment.Exit(code));
        app.MapGet("/fail-fast", () => Environment.FailFast("The shop burns."));
        app.MapGet("/overflow", () => Overflow(0));
        app.MapGet("/native-crash", NativeCrash);
        app.MapGet("/leave", () => app.Lifetime.StopApplication());
        app.MapGet("/grandchildren/{count:int}", (int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Process.Start("sleep", "1000").Id)));
        app.Run();
    }

    public static async Task ServeAsync()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/", () => "served");
        await app.RunAsync();
    }

    public static int ExitCode() => 3;

    public static void Throw()
    {
        try
        {
            throw new FileNotFoundException("The stock is not there.");
        }
        catch (FileNotFoundException e)
        {
            throw new InvalidOperationException("The shop is closed.", e);
        }
    }

    public static void Exit() => Environment.Exit(3);

    public static void PrintAndThrow()
    {
        Console.WriteLine("No key fits.");
        throw new InvalidOperationException("The shop is closed.");
    }

    public static void LogThroughLaunchHost(LaunchContext context)
    {
        context.SignalReady();
        context.LaunchServices.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("Open.");
        context.Stopping.WaitHandle.WaitOne();
    }

    /// <summary>Logs a text that is longer than a message to the parent may be.</summary>
    public static void LogVeryMuch(LaunchContext context)
    {
        var logger = context.LaunchServices.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        logger.LogInformation("{Text}", new string('x', 20_000_000));
        logger.LogInformation("Open.");
        context.SignalReady();
        context.Stopping.WaitHandle.WaitOne();
    }

    public static void ThrowVeryMuch()
    {
        Exception error = new InvalidOperationException(new string('x', 20_000_000));
        for (var i = 0; i < 1_000; i++)
        {
            error = new InvalidOperationException($"Failure {i}.", error);
        }

        throw error;
    }

    /// <summary>Ready, and then deaf to everything.</summary>
    public static void BeDeaf(LaunchContext context)
    {
        context.SignalReady();
        SayThatItIsDeaf();
    }

    /// <summary>Never ready, and deaf to everything.</summary>
    public static void SayThatItIsDeaf()
    {
        Console.WriteLine($"process {Environment.ProcessId}");
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

    /// <summary>Takes long to start, and ends when it is asked to.</summary>
    public static void BeSlow(LaunchContext context)
    {
        Console.WriteLine($"process {Environment.ProcessId}");
        context.Stopping.WaitHandle.WaitOne();
    }

    public static void PrintLines(LaunchContext context)
    {
        context.SignalReady();
        for (var line = 0; line < 10_000; line++)
        {
            Console.WriteLine($"line {line}");
        }

        context.Stopping.WaitHandle.WaitOne();
    }

    public static void Greet(LaunchOptions options) => options.ConfigureServices(services => services.AddSingleton(new Greeting("Good morning.")));

    public static void PrintOptions(LaunchOptions options) => Console.WriteLine(OptionTexts.LineOf(options));

    public static void PrintEntryAssembly(LaunchOptions options) =>
        options.OnAppHostStarted((_, _) => Console.WriteLine($"entry assembly {Assembly.GetEntryAssembly()?.GetName().Name}"));

    public static void AddAnAddressOnceReady(LaunchContext context)
    {
        context.SignalReady(new Uri("http://127.0.0.1:81"));
        context.AddAddresses(new Uri("http://127.0.0.1:82"));
        context.Stopping.WaitHandle.WaitOne();
    }

    public static void NeverBeReady(LaunchContext context) => context.Stopping.WaitHandle.WaitOne();

    public static void CrashLater(LaunchContext context)
    {
        context.SignalReady();
        throw new InvalidOperationException("The roof came down.");
    }

    public static void ReturnLater(LaunchContext context) => context.SignalReady();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Overflow(int depth) => Overflow(depth + 1) + 1;

    private static void NativeCrash() => strlen(1);

#pragma warning disable SYSLIB1054, IDE1006 // It has the name of the system, and blittable arguments.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint strlen(nint text);
#pragma warning restore SYSLIB1054, IDE1006

    internal sealed record Greeting(string Text);
}
