using System.ComponentModel;
using SafeLaunch.Running;
using SafeLaunch.Supervision;

namespace SafeLaunch.Commands;

/// <summary>One launch of a command: it starts the process, and ends when nothing is left of it.</summary>
internal sealed class CommandRun(CommandPlan plan) : IProcessRun
{
    private readonly TaskCompletionSource<(OwnedProcess Process, ProcessStop Stop)?> started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task RunAsync(LaunchContext context)
    {
        try
        {
            await this.RunCoreAsync(context).ConfigureAwait(false);
        }
        finally
        {
            // Where it could not be started, there is nothing to stop.
            this.started.TrySetResult(null);
        }
    }

    public async Task StopAsync(CancellationToken timeIsOver)
    {
        if (await this.started.Task.ConfigureAwait(false) is var (process, stop))
        {
            process.AskToEnd();
            await stop.WaitOrKillAsync(plan.Options.StopTimeout, TimeSpan.Zero, onTimeIsOver: static () => { }, timeIsOver).ConfigureAwait(false);
        }
    }

    private async Task RunCoreAsync(LaunchContext context)
    {
        var output = OutputLines.Of(context);
        var log = new LogPump(plan.Options.LoggerFactory, context.Name, context.LogTail);
        using var process = this.Start(context, output, log);
        var stop = new ProcessStop(process, context, log);
        this.started.TrySetResult((process, stop));
        await stop.WaitForEndAsync().ConfigureAwait(false);
        await process.CleanUpAsync().ConfigureAwait(false);
        await log.FlushAsync().ConfigureAwait(false);
        if (process.Exited.IsCompleted && !context.Stopping.IsCancellationRequested)
        {
            Report(context, process, output);
        }
    }

    private OwnedProcess Start(LaunchContext context, OutputLines output, LogPump log)
    {
        try
        {
            var process = OwnedProcess.Start(plan.StartInfo(), (line, isError) =>
            {
                output.Add(line);
                log.Print(line, isError);
            });
            log.Write(logger => logger.Started(context.Name, process.Id, plan.File));
            return process;
        }
        catch (Win32Exception e)
        {
            throw new LaunchException($"Launch '{context.Name}': the command '{plan.File}' could not be started: {e.Message} See that it may be executed.", e);
        }
    }

    private static void Report(LaunchContext context, OwnedProcess process, OutputLines output)
    {
        var exit = ExitWords.Of(process.ExitCode);
        context.End(process.ExitCode == 0 && context.IsReady
            ? EndCause.Returned($"Its process {process.Id} ended by itself, {exit}.")
            : EndCause.Crashed($"Its process {process.Id} ended {exit}.", new LaunchException($"Launch '{context.Name}': its process {process.Id} ended {exit}{(context.IsReady ? "" : ", before it was ready")}. {output.Tail}")));
    }
}
