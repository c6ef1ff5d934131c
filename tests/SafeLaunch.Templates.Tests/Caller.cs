using System.Globalization;

namespace SafeLaunch.Templates.Tests;

/// <summary>A console program, as a process that launches, stops and launches again one of them.</summary>
internal sealed class Caller : IDisposable
{
    private readonly ChildProcess process;
    private readonly string? ownHome;

    /// <param name="program">The template's program, which the process refers to; or the full path of any program, which it does not.</param>
    /// <param name="how">By its "entry-point" or by a "delegate".</param>
    /// <param name="environment">Its environment; null for none.</param>
    /// <param name="home">The folder of the user that the process runs for; null for an empty one.</param>
    /// <param name="configuration">Entries of Configuration, as key=value.</param>
    public Caller(string program, string how, string? environment = null, string? home = null, params string[] configuration)
    {
        // Free of the settings of this machine, and of a file watcher for each file of settings.
        this.ownHome = home is null ? Directory.CreateTempSubdirectory("home.").FullName : null;
        this.process = new(
            "dotnet",
            [Path.IsPathRooted(program) ? Path.Combine(BuiltTemplates.OutputOf("PathCaller"), "PathCaller.dll") : Path.Combine(BuiltTemplates.Output, "Caller.dll"), program, how, environment ?? "", "Logging:LogLevel:Default=None", .. configuration],
            start =>
            {
                start.WorkingDirectory = Path.GetTempPath();
                start.Environment["HOME"] = home ?? this.ownHome;
                start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
                start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
                start.Environment.Remove("DOTNET_ENVIRONMENT");
            });
    }

    /// <summary>Launches it on a free port, or at an address.</summary>
    /// <returns>Its address; null if it has none.</returns>
    public async Task<Uri?> StartAsync(Uri? address = null) =>
        await this.AskAsync(address is null ? "start" : $"start {address}") is { Length: > 0 } answer ? new Uri(answer) : null;

    /// <summary>Stops the oldest launch.</summary>
    /// <returns>The kind of its outcome.</returns>
    public Task<string> StopAsync() => this.AskAsync("stop");

    /// <summary>How many of the launches that were stopped have been unloaded. The others are still in memory.</summary>
    public async Task<int> CountUnloadedAsync() => int.Parse(await this.AskAsync("unloaded"), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        this.process.Dispose();
        if (this.ownHome is not null)
        {
            Directory.Delete(this.ownHome, recursive: true);
        }
    }

    private async Task<string> AskAsync(string line)
    {
        const string Answer = "answer ";
        await this.process.WriteLineAsync(line);
        while (await this.process.ReadLineAsync() is { } answer)
        {
            if (answer.StartsWith(Answer, StringComparison.Ordinal))
            {
                return answer[Answer.Length..];
            }
        }

        throw new InvalidOperationException($"The caller of the templates has ended: {this.process.Output}");
    }
}
