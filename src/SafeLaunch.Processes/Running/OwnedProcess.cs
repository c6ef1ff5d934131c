using System.ComponentModel;
using System.Diagnostics;

namespace SafeLaunch.Running;

/// <summary>A process that a launch has started, and that does not outlive the launch.</summary>
internal sealed class OwnedProcess : IDisposable
{
    /// <summary>How long its last lines may take to arrive after its end.</summary>
    private static readonly TimeSpan LastLinesTime = TimeSpan.FromMilliseconds(500);

    private readonly Process process;
    private readonly TaskCompletionSource<bool> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task allLines = Task.CompletedTask;

    private OwnedProcess(ProcessStartInfo start)
    {
        start.UseShellExecute = false;

        // On Windows it has a console for itself then, and Ctrl+C stays that of this process.
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        this.process = new() { StartInfo = start, EnableRaisingEvents = true };
        this.process.Exited += (_, _) => this.exited.TrySetResult(true);
    }

    public int Id { get; private set; }

    /// <summary>Completes when it has ended.</summary>
    public Task Exited => this.exited.Task;

    /// <summary>Valid once it has ended.</summary>
    public int ExitCode => this.process.ExitCode;

    /// <param name="start">Which program.</param>
    /// <param name="onLine">Called with each line, and whether it came from the error output.</param>
    /// <exception cref="Win32Exception">There is no such program, or it cannot be run.</exception>
    public static OwnedProcess Start(ProcessStartInfo start, Action<string, bool> onLine)
    {
        var owned = new OwnedProcess(start);
        try
        {
            owned.process.Start();
        }
        catch (Exception)
        {
            owned.process.Dispose();
            throw;
        }

        owned.Id = owned.process.Id;
        owned.allLines = Task.WhenAll(
            LineReader.ReadAsync(owned.process.StandardOutput.BaseStream, line => onLine(line, false)),
            LineReader.ReadAsync(owned.process.StandardError.BaseStream, line => onLine(line, true)));
        owned.allLines.Forget();
        return owned;
    }

    /// <summary>Asks it and the processes that it has started to end, as far as the system has a way to do so.</summary>
    public void AskToEnd()
    {
        if (this.exited.Task.IsCompleted)
        {
            // Its number may be that of another process by now.
            return;
        }

        if (Native.IsUnix)
        {
            _ = Native.TrySignal(-this.Id, Native.Terminate) || Native.TrySignal(this.Id, Native.Terminate);
        }
        else
        {
            this.CloseInput();
        }
    }

    /// <summary>Ends its standard input.</summary>
    public void CloseInput()
    {
        try
        {
            this.process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // It has gone already, and so has its end of the pipe.
        }
    }

    /// <summary>Kills it and all processes that it has started. Does nothing once none of them is left.</summary>
    public void Kill()
    {
        if (!this.exited.Task.IsCompleted)
        {
            ProcessTree.Kill(this.process);
        }

        this.KillGroup();
    }

    /// <summary>Ends the processes that it has left, once it has exited, and waits a moment for its last lines.</summary>
    public async Task CleanUpAsync()
    {
        this.KillGroup();
        await this.allLines.EndsWithinAsync(LastLinesTime).ConfigureAwait(false);
    }

    public void Dispose()
    {
        this.CloseInput();

        // A process that has left its group may still hold the other ends.
        this.process.StandardOutput.Dispose();
        this.process.StandardError.Dispose();
        this.process.Dispose();
    }

    /// <summary>The processes that it has started are in its group, and stay there when it ends.</summary>
    private void KillGroup()
    {
        if (Native.IsUnix)
        {
            Native.TrySignal(-this.Id, Native.Kill);
        }
    }
}
