using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace SafeLaunch.TestKit;

/// <summary>A program that a test runs as a separate process. The process does not outlive its test.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder output = new();
    private readonly Process process;

    /// <param name="program">A file name on the path, or a path.</param>
    /// <param name="arguments">The arguments of the program.</param>
    /// <param name="configure">Changes how the process is started, such as its environment and its folder.</param>
    public ChildProcess(string program, IEnumerable<string> arguments, Action<ProcessStartInfo>? configure = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        configure?.Invoke(start);
        this.process = Process.Start(start)!;
        this.process.OutputDataReceived += (_, line) => this.Print(line.Data);
        this.process.ErrorDataReceived += (_, line) => this.Keep(line.Data);
        this.process.BeginOutputReadLine();
        this.process.BeginErrorReadLine();
    }

    /// <summary>Gets the number of the process.</summary>
    public int Id => this.process.Id;

    /// <summary>Gets the lines of the standard output and of the error output so far.</summary>
    public string Output
    {
        get
        {
            lock (this.output)
            {
                return this.output.ToString();
            }
        }
    }

    /// <summary>Starts a program of this repository, which was built together with the tests.</summary>
    /// <param name="project">The folder of its project, from the root of the repository.</param>
    /// <param name="arguments">The arguments of the program.</param>
    public static ChildProcess OfProject(string project, params string[] arguments) =>
        new("dotnet", [Path.Combine(Repository.OutputOf(project), Path.GetFileName(project) + ".dll"), .. arguments]);

    /// <summary>Runs a program to its end. A program that takes longer than the time-out is killed, and its exit code is then -1.</summary>
    public static async Task<ChildProcessResult> RunAsync(string program, string[] arguments, TimeSpan timeout, Action<ProcessStartInfo>? configure = null)
    {
        using var child = new ChildProcess(program, arguments, configure);
        try
        {
            return new(await child.ExitAsync(timeout), child.Output);
        }
        catch (TimeoutException)
        {
            return new(-1, $"{child.Output}It did not end within {timeout}.");
        }
    }

    /// <summary>The next line of the standard output; null at its end.</summary>
    public async Task<string?> ReadLineAsync() =>
        await this.lines.Reader.WaitToReadAsync().AsTask().Within() && this.lines.Reader.TryRead(out var line) ? line : null;

    /// <summary>Fails the test unless this is the next line of the standard output.</summary>
    public async Task ReadAsync(string line) => Assert.That(await this.ReadLineAsync(), Is.EqualTo(line));

    /// <summary>Reads the standard output up to a line. Fails the test if the line never comes.</summary>
    public async Task ReadToAsync(string line)
    {
        string? next;
        do
        {
            next = await this.ReadLineAsync();
            Assert.That(next, Is.Not.Null, $"The process has ended without the line '{line}': {this.Output}");
        }
        while (!line.Equals(next, StringComparison.Ordinal));
    }

    public async Task WriteLineAsync(string line)
    {
        await this.process.StandardInput.WriteLineAsync(line).Within();
        await this.process.StandardInput.FlushAsync().Within();
    }

    public void CloseInput() => this.process.StandardInput.Close();

    public void Signal(PosixSignal signal) => Assert.That(this.TrySignal(signal), Is.True);

    /// <summary>Sends the signal again and again, as a person who goes on pressing the key.</summary>
    public async Task<int> SignalUntilExitAsync(PosixSignal signal)
    {
        var patience = Stopwatch.StartNew();
        while (!this.process.HasExited && patience.Elapsed < Gate.Patience)
        {
            this.TrySignal(signal);
        }

        return await this.ExitAsync();
    }

    /// <summary>Waits for the end of the process and of its output.</summary>
    /// <param name="timeout">How long to wait; <see cref="Gate.Patience"/> by default.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan? timeout = null)
    {
        await this.process.WaitForExitAsync().WaitAsync(timeout ?? Gate.Patience);
        return this.process.ExitCode;
    }

    /// <summary>Kills the process alone, and so that it notices nothing.</summary>
    public void Kill() => this.process.Kill();

    public void Dispose()
    {
        if (!this.process.HasExited)
        {
            this.process.Kill(entireProcessTree: true);
            this.process.WaitForExit();
        }

        this.process.Dispose();
    }

    private void Print(string? line)
    {
        this.Keep(line);
        if (line is null)
        {
            this.lines.Writer.Complete();
        }
        else
        {
            this.lines.Writer.TryWrite(line);
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (this.output)
            {
                this.output.Append(line).Append('\n');
            }
        }
    }

    private bool TrySignal(PosixSignal signal)
    {
        // By the shell's own command: the program of that name is not on every machine.
        using var kill = Process.Start("sh", ["-c", $"kill -{(signal == PosixSignal.SIGINT ? "INT" : "TERM")} {this.process.Id}"]);
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }
}
