using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using SafeLaunch.Child;
using SafeLaunch.Running;
using SafeLaunch.Supervision;
using SafeLaunch.Wire;

namespace SafeLaunch.Parent;

/// <summary>One child launch, seen from the parent: it starts the process, gives it the order, and listens to it until nothing is left of it.</summary>
/// <param name="plan">The program and the order.</param>
/// <param name="startToken">Gives up the start.</param>
internal sealed class ChildRun(ChildPlan plan, CancellationToken startToken) : IProcessRun
{
    /// <summary>How long a child may take to end its process once its launch has ended.</summary>
    private static readonly TimeSpan ExitTime = TimeSpan.FromSeconds(2);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly TaskCompletionSource<ProcessStop?> stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MessageStream? channel;
    private volatile bool isReady;
    private Ended? ended;

    private LaunchOptions Options => plan.Options;

    public async Task RunAsync(LaunchContext context)
    {
        try
        {
            await this.RunCoreAsync(context).ConfigureAwait(false);
        }
        finally
        {
            // Where it could not be started, there is nothing to stop.
            this.stop.TrySetResult(null);
        }
    }

    public async Task StopAsync(CancellationToken timeIsOver)
    {
        if (await this.stop.Task.ConfigureAwait(false) is not { } stopping)
        {
            return;
        }

        if (this.channel is null || (startToken.IsCancellationRequested && !this.isReady))
        {
            stopping.Kill("It was not ready, and there was nothing in it to stop.");
            return;
        }

        this.Send(new StopOrder("It was asked to stop by its parent."));
        await stopping.WaitOrKillAsync(this.Options.StopTimeout, KillTimes.Before, () => this.Send(new GraceEnd()), timeIsOver).ConfigureAwait(false);
    }

    private async Task RunCoreAsync(LaunchContext context)
    {
        var output = OutputLines.Of(context);
        var log = new LogPump(this.Options.LoggerFactory, context.Name, context.LogTail);
        using var listener = Listen(context);
        using var process = this.Start(context, listener, output, log);
        var stopping = new ProcessStop(process, context, log);
        this.stop.TrySetResult(stopping);
        var handshake = new Handshake(plan, context, listener, process);
        try
        {
            this.channel = await handshake.ShakeAsync(this.clock).ConfigureAwait(false);
            if (this.channel is not null)
            {
                await this.ListenAsync(context, this.channel, stopping, log).ConfigureAwait(false);
            }

            await stopping.WaitOrKillAsync(ExitTime, KillTimes.Before, onTimeIsOver: static () => { }, CancellationToken.None).ConfigureAwait(false);
            await stopping.WaitForEndAsync().ConfigureAwait(false);
        }
        catch (LaunchException e)
        {
            // Before the kill, which may take until the start is over.
            context.End(EndCause.Crashed(e.Message, e));
            return;
        }
        finally
        {
            process.Kill();
            await process.CleanUpAsync().ConfigureAwait(false);
            await log.FlushAsync().ConfigureAwait(false);
            this.channel?.Dispose();
        }

        ChildEnd.Report(context, this.ended, process, stopping, output, handshake, this.isReady);
    }

    private static ChannelListener Listen(LaunchContext context)
    {
        try
        {
            return ChannelAddress.Listen();
        }
        catch (SocketException e)
        {
            throw new LaunchException($"Launch '{context.Name}': no socket for its child process could be made in '{Path.GetTempPath()}': {e.Message} Set TMPDIR to a folder that this process may write to.", e);
        }
    }

    private OwnedProcess Start(LaunchContext context, ChannelListener listener, OutputLines output, LogPump log)
    {
        if (ChildVariable.IsUntaken)
        {
            throw new LaunchException($"Launch '{context.Name}': this process was itself started as a child process, and has not served its parent. It would start one process after the other. Let its Main begin with {nameof(ChildProcess)}.{nameof(ChildProcess.RunIfChild)}.");
        }

        try
        {
            var process = OwnedProcess.Start(plan.StartInfo(listener), (line, isError) =>
            {
                output.Add(line);
                log.Print(line, isError);
            });
            log.Write(logger => logger.Started(context.Name, process.Id, plan.Program.ToString()));
            return process;
        }
        catch (Win32Exception e)
        {
            throw new LaunchException($"Launch '{context.Name}': its child process '{plan.Program}' could not be started: {e.Message} Install that program, or set DOTNET_ROOT to the folder of .NET.", e);
        }
    }

    private async Task ListenAsync(LaunchContext context, MessageStream child, ProcessStop stopping, LogPump log)
    {
        while (await child.ReadAsync().ConfigureAwait(false) is { } message)
        {
            switch (message)
            {
                case ReadyNotice ready:
                    this.OnReady(context, ready.Addresses);
                    break;
                case MoreAddresses more:
                    context.AddAddresses(Parse(more.Addresses));
                    break;
                case LogEntry entry:
                    log.Repeat(entry);
                    break;
                case Ending ending:
                    context.End(new(ending.Cause, ending.Sentence, ending.Error?.ToException()));
                    break;
                case Ended { Outcome: LaunchOutcomeKind.Abandoned } left:
                    stopping.Kill(left.Sentence);
                    return;
                case Ended end:
                    this.ended = end;
                    this.Send(new Dismissal());
                    return;
            }
        }
    }

    private void OnReady(LaunchContext context, string[] addresses)
    {
        this.isReady = true;
        if (this.Options.Probes.Count == 0)
        {
            context.SignalReady(Parse(addresses));
        }
        else
        {
            context.AddAddresses(Parse(addresses));
        }
    }

    private static Uri[] Parse(string[] addresses) => [.. addresses.Select(address => new Uri(address))];

    private void Send(Message message) => this.channel!.WriteAsync(message).Forget();
}
