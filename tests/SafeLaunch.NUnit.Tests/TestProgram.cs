using System.Collections.Concurrent;
using System.Diagnostics;

namespace SafeLaunch.NUnitTests;

/// <summary>One fixture of the test program that fails, run as a separate process. It does not outlive its test.</summary>
internal sealed class TestProgram : IDisposable
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> awaited = new(StringComparer.Ordinal);
    private readonly Process process;

    public TestProgram(string fixture)
    {
        var start = new ProcessStartInfo("dotnet", [AssemblyPath, "--filter", $"FullyQualifiedName~{fixture}", "--no-ansi"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        this.process = Process.Start(start)!;
        this.process.OutputDataReceived += (_, line) => this.Add(line.Data);
        this.process.ErrorDataReceived += (_, line) => this.Add(line.Data);
        this.process.BeginOutputReadLine();
        this.process.BeginErrorReadLine();
    }

    /// <summary>Beside the tests, built with the same configuration.</summary>
    private static string AssemblyPath { get; } = Path.Combine(
        AppContext.BaseDirectory.Replace("SafeLaunch.NUnit.Tests", Path.Combine("TestPrograms", "FailingFixtures"), StringComparison.Ordinal),
        "FailingFixtures.dll");

    public string Output => string.Join('\n', this.lines);

    public Task PrintsAsync(string line) => this.awaited.GetOrAdd(line, _ => Gate.NewSource()).Task.Within();

    /// <summary>As Ctrl+C does.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("sh", ["-c", $"kill -INT {this.process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends with the process and its output.</summary>
    public async Task<int> ExitAsync()
    {
        await this.process.WaitForExitAsync().Within();
        return this.process.ExitCode;
    }

    public void Dispose()
    {
        if (!this.process.HasExited)
        {
            this.process.Kill();
        }

        this.process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is not null)
        {
            this.lines.Enqueue(line);
            this.awaited.GetOrAdd(line, _ => Gate.NewSource()).TrySetResult();
        }
    }
}
