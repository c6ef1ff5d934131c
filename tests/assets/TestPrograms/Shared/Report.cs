using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TestPrograms;

/// <summary>Tells the tests which run this program what happens, by a file: not every runner passes the output of its process on.</summary>
internal static class Report
{
    private static readonly object Gate = new();
    private static readonly string? Path = Environment.GetEnvironmentVariable("REPORT");

    public static void Write(string line)
    {
        lock (Gate)
        {
            if (Path is not null)
            {
                File.AppendAllText(Path, line + "\n");
            }
        }
    }

    /// <summary>Writes when the test ends, and how.</summary>
    public static void WriteEnd(RunningTest test) => test.AtEnd(failed =>
    {
        Write(failed ? "the test has ended as failed" : "the test has ended");
        return Task.CompletedTask;
    });

    public static void Stop(LaunchOptions options) => options.OnAppHostStarted((_, host) =>
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(() => Write("the server has stopped")));
}
