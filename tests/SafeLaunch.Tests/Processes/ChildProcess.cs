using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SafeLaunch.Tests.Processes;

/// <summary>The program for the tests, as a separate process. It does not outlive its test.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>Beside the tests, built with the same configuration.</summary>
    private static readonly string AssemblyPath = Path.Combine(
        AppContext.BaseDirectory.Replace("SafeLaunch.Tests", "SafeLaunch.Tests.ChildApp", StringComparison.Ordinal),
        "SafeLaunch.Tests.ChildApp.dll");

    private readonly Process process;

    public ChildProcess(string mode, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [AssemblyPath, mode]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        this.process = Process.Start(start)!;
        this.process.ErrorDataReceived += (_, _) => { };
        this.process.BeginErrorReadLine();
    }

    public async Task ReadAsync(string line) => Assert.That(await this.ReadLineAsync(), Is.EqualTo(line));

    public Task<string?> ReadLineAsync() => this.process.StandardOutput.ReadLineAsync().Within();

    public async Task WriteLineAsync(string line)
    {
        await this.process.StandardInput.WriteLineAsync(line).Within();
        await this.process.StandardInput.FlushAsync().Within();
    }

    public void CloseInput() => this.process.StandardInput.Close();

    public void Signal(PosixSignal signal) => Assert.That(this.TrySignal(signal), Is.True);

    /// <summary>As a person who goes on pressing the key.</summary>
    public async Task<int> SignalUntilExitAsync(PosixSignal signal)
    {
        var patience = Stopwatch.StartNew();
        while (!this.process.HasExited && patience.Elapsed < Gate.Patience)
        {
            this.TrySignal(signal);
        }

        return await this.ExitAsync();
    }

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

    private bool TrySignal(PosixSignal signal)
    {
        // By the shell's own command: the program of that name is not on every machine.
        using var kill = Process.Start("sh", ["-c", $"kill -{(signal == PosixSignal.SIGINT ? "INT" : "TERM")} {this.process.Id}"]);
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }
}
