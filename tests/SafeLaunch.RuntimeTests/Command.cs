using System.Diagnostics;
using System.Text;

namespace SafeLaunch.RuntimeTests;

internal sealed record CommandResult(int ExitCode, string Output);

/// <summary>A program that is run to its end, and no longer than it may take.</summary>
internal static class Command
{
    public static async Task<CommandResult> RunAsync(string program, string[] arguments, TimeSpan timeout)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(timeout);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Add($"It did not end within {timeout}.");
            return new(-1, Output());
        }

        return new(process.ExitCode, Output());

        void Add(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }

        string Output()
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }
}
