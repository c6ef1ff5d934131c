using System.Diagnostics;
using SafeLaunch.BrowserTests;

namespace SafeLaunch.TemplatesTests;

/// <summary>The console program that refers to the templates, as a process that launches, stops and launches again one of them.</summary>
internal sealed class Caller : IDisposable
{
    private readonly Process process;
    private readonly string? ownHome;

    /// <param name="program">The template's program.</param>
    /// <param name="how">By its "entry-point" or by a "delegate".</param>
    /// <param name="environment">Its environment; null for none.</param>
    /// <param name="home">The folder of the user that the process runs for; null for an empty one.</param>
    /// <param name="configuration">Entries of Configuration, as key=value.</param>
    public Caller(string program, string how, string? environment = null, string? home = null, params string[] configuration)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Templates.Output, "Caller.dll"), program, how, environment ?? "", "Logging:LogLevel:Default=None", .. configuration])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };

        // Free of the settings of this machine, and of a file watcher for each file of settings.
        this.ownHome = home is null ? Directory.CreateTempSubdirectory("home.").FullName : null;
        start.Environment["HOME"] = home ?? this.ownHome;
        start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        this.process = Process.Start(start)!;
    }

    /// <summary>Launches it on a free port, or at an address.</summary>
    /// <returns>Its address; null if it has none.</returns>
    public async Task<Uri?> StartAsync(Uri? address = null) =>
        await this.AskAsync(address is null ? "start" : $"start {address}") is { Length: > 0 } answer ? new Uri(answer) : null;

    /// <summary>Stops the oldest launch.</summary>
    /// <returns>The kind of its outcome.</returns>
    public Task<string> StopAsync() => this.AskAsync("stop");

    public void Dispose()
    {
        this.process.Kill(entireProcessTree: true);
        this.process.WaitForExit();
        this.process.Dispose();
        if (this.ownHome is not null)
        {
            Directory.Delete(this.ownHome, recursive: true);
        }
    }

    private async Task<string> AskAsync(string line)
    {
        const string Answer = "answer ";
        await this.process.StandardInput.WriteLineAsync(line);
        await this.process.StandardInput.FlushAsync();
        while (await this.process.StandardOutput.ReadLineAsync().WaitAsync(Patience.Time) is { } answer)
        {
            if (answer.StartsWith(Answer, StringComparison.Ordinal))
            {
                return answer[Answer.Length..];
            }
        }

        throw new InvalidOperationException("The caller of the templates has ended.");
    }
}
