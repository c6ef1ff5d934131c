using SafeLaunch.Running;
using SafeLaunch.Wire;

namespace SafeLaunch.Parent;

/// <summary>The first words between a launch and its child process: without them a process does not know that it is a child.</summary>
internal sealed class Handshake(ChildPlan plan, LaunchContext context, ChannelListener listener, OwnedProcess process)
{
    /// <summary>How long before the time-out of the start the child says itself why it is not ready.</summary>
    private static readonly TimeSpan LastWordTime = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <param name="elapsed">How long the start has taken so far.</param>
    /// <returns>The channel to the child, which has the order; null if the process ended before that.</returns>
    /// <exception cref="LaunchException">The program of the process cannot serve as a child.</exception>
    public async Task<MessageStream?> ShakeAsync(TimeSpan elapsed)
    {
        var timeout = plan.Options.StartTimeout;
        var time = timeout == Timeout.InfiniteTimeSpan ? timeout : Max(timeout - elapsed - LastWordTime, Shortest);
        var child = listener.AcceptChildAsync();
        child.Forget();
        var first = Task.WhenAny(child, process.Exited);
        if (!await first.EndsWithinAsync(time == Timeout.InfiniteTimeSpan || time > Longest ? Longest : time).ConfigureAwait(false))
        {
            throw new LaunchTimeoutException($"Launch '{context.Name}': its child process {process.Id} ({plan.Program}) has not answered in time. {Remedy(plan.Program)}");
        }

        if (await first.ConfigureAwait(false) != child)
        {
            return null;
        }

        var (channel, hello) = await child.ConfigureAwait(false);

        // No other process is to come, and a parent that is killed from here on leaves no file of a socket.
        listener.Dispose();
        if (hello.Version != Hello.CurrentVersion)
        {
            channel.Dispose();
            throw new LaunchException($"Launch '{context.Name}': its child process {process.Id} ({plan.Program}) has another version of SafeLaunch.Processes than this process. Give both the same version.");
        }

        await channel.WriteAsync(plan.OrderFor(time, context)).ConfigureAwait(false);
        return channel;
    }

    /// <summary>Why a program does not know that it is a child, and the remedy.</summary>
    public static string Remedy(ChildProgram program) => program.HasNoHooks
        ? $"Its startup hooks are off, as for native code and trimmed programs: let its Main begin with {nameof(ChildProcess)}.{nameof(ChildProcess.RunIfChild)}."
        : $"If it is native code or a trimmed program, let its Main begin with {nameof(ChildProcess)}.{nameof(ChildProcess.RunIfChild)}.";

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
