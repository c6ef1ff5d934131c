using System.Diagnostics;
using SafeLaunch.Running;
using SafeLaunch.Wire;

namespace SafeLaunch.Parent;

/// <summary>The first words between a launch and its child process: without them a process does not know that it is a child.</summary>
internal sealed class Handshake(ChildPlan plan, LaunchContext context, ChannelListener listener, OwnedProcess process)
{
    /// <summary>How long before the time-out of the start the child says itself why it is not ready.</summary>
    private static readonly TimeSpan LastWordTime = TimeSpan.FromMilliseconds(300);

    /// <summary>How long what a process has said before its end may take to be read.</summary>
    private static readonly TimeSpan ReadTime = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>The program of the process.</summary>
    public ChildProgram Program => plan.Program;

    /// <summary>Why a program does not know that it is a child, and the remedy.</summary>
    public string Remedy => this.Program.HasNoHooks
        ? $"Its startup hooks are off, as for native code and trimmed programs: let its Main begin with {nameof(ChildProcess)}.{nameof(ChildProcess.RunIfChild)}."
        : $"If it is native code or a trimmed program, let its Main begin with {nameof(ChildProcess)}.{nameof(ChildProcess.RunIfChild)}.";

    /// <summary>Whether the process knows that it is a child.</summary>
    public bool HasAnswered { get; private set; }

    /// <param name="clock">How long the start has taken so far.</param>
    /// <returns>The channel to the child, which has the order; null if the process ended before that, or closed its end.</returns>
    /// <exception cref="LaunchException">The program of the process cannot serve as a child.</exception>
    public async Task<MessageStream?> ShakeAsync(Stopwatch clock)
    {
        var time = this.TimeLeft(clock);
        var child = listener.AcceptChildAsync();
        var first = Task.WhenAny(child, process.Exited);
        if (!await first.EndsWithinAsync(time == Timeout.InfiniteTimeSpan || time > Longest ? Longest : time).ConfigureAwait(false))
        {
            _ = CloseAsync(child);
            throw new LaunchTimeoutException($"Launch '{context.Name}': its child process {process.Id} ({this.Program}) has not answered in time. {this.Remedy}");
        }

        if (await first.ConfigureAwait(false) != child && !await child.EndsWithinAsync(ReadTime).ConfigureAwait(false))
        {
            _ = CloseAsync(child);
            return null;
        }

        var (channel, hello) = await child.ConfigureAwait(false);
        this.HasAnswered = true;

        // No other process is to come, and a parent that is killed from here on leaves no file of a socket.
        listener.Dispose();
        if (hello.Version != Hello.CurrentVersion)
        {
            channel.Dispose();
            throw new LaunchException($"Launch '{context.Name}': its child process {process.Id} ({this.Program}) has another version of SafeLaunch.Processes than this process. Give both the same version.");
        }

        try
        {
            await channel.WriteAsync(plan.OrderFor(this.TimeLeft(clock), context)).ConfigureAwait(false);
            return channel;
        }
        catch (IOException)
        {
            // The end of its process says more.
            channel.Dispose();
            return null;
        }
    }

    /// <summary>A child that comes too late finds its connection closed.</summary>
    private static async Task CloseAsync(Task<(MessageStream Channel, Hello Hello)> child)
    {
        try
        {
            (await child.ConfigureAwait(false)).Channel.Dispose();
        }
        catch (Exception)
        {
            // None has come.
        }
    }

    private TimeSpan TimeLeft(Stopwatch clock) =>
        plan.Options.StartTimeout is var timeout && timeout == Timeout.InfiniteTimeSpan ? timeout : Max(timeout - clock.Elapsed - LastWordTime, Shortest);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
