using SafeLaunch.Running;
using SafeLaunch.Supervision;
using SafeLaunch.Wire;

namespace SafeLaunch.Child;

/// <summary>The main thread of a child process: it runs one launch for its parent, and ends the process.</summary>
internal static class ChildMain
{
    private const int ExitCodeOfFailure = 1;

    private static readonly TimeSpan DismissalTime = TimeSpan.FromSeconds(2);

    /// <summary>Does not return.</summary>
    /// <param name="variable">How to reach the parent.</param>
    /// <param name="launchers">The launchers that the program has made itself; empty where a method or a program is found by reflection.</param>
    public static void Run(ChildVariable variable, Launcher[] launchers)
    {
        if (Native.IsUnix)
        {
            Native.LeaveSession();
        }

        Environment.Exit(RunLaunch(variable, launchers));
    }

    private static int RunLaunch(ChildVariable variable, Launcher[] launchers)
    {
        using var channel = new MessageStream(ChannelAddress.Connect(variable.Address));
        channel.WriteAsync(new Hello(variable.Token, Hello.CurrentVersion)).GetAwaiter().GetResult();
        if (channel.ReadAsync().GetAwaiter().GetResult() is not Order order)
        {
            // The parent has given up, or has ended.
            return ExitCodeOfFailure;
        }

        using var outbox = new Outbox(channel);
        var parent = new ParentLink(channel, order.StopTimeout);
        try
        {
            return RunLaunch(order, outbox, parent, launchers);
        }
        catch (Exception e)
        {
            return Report(outbox, parent, new(LaunchOutcomeKind.Crashed, "It could not be launched in its child process.", ChildError.Of(e)));
        }
    }

    private static int RunLaunch(Order order, Outbox outbox, ParentLink parent, Launcher[] launchers)
    {
        using var logs = new ParentLoggerProvider(outbox);
        var launcher = ChildLauncher.Of(order, logs, launchers);
        var launch = (Launch)launcher.Source.Begin(new()
        {
            HandlesSignals = true,
            EarlierAddresses = [.. order.EarlierAddresses.Select(address => new Uri(address))],
            OnAddressesAdded = addresses => outbox.Post(new MoreAddresses(TextsOf(addresses))),
        });
        parent.Serve(launch);
        Task.WaitAny(launch.Started, launch.Ending);
        if (launch.HasBeenReady)
        {
            outbox.Post(new ReadyNotice(TextsOf(launch.Addresses)));
        }

        launch.Started.Forget();
        var cause = launch.Ending.GetAwaiter().GetResult();
        outbox.Post(new Ending(cause.Kind, cause.Sentence, ChildError.Of(cause.Exception)));
        var outcome = launch.Completion.GetAwaiter().GetResult();
        return Report(outbox, parent, new(
            outcome.Kind,
            outcome.Reason,
            outcome.Exception == cause.Exception ? null : ChildError.Of(outcome.Exception)));
    }

    private static int Report(Outbox outbox, ParentLink parent, Ended ended)
    {
        outbox.Post(ended);
        outbox.Close();
        parent.WaitForDismissal(DismissalTime);
        return ended.Outcome is LaunchOutcomeKind.Stopped or LaunchOutcomeKind.Returned ? 0 : ExitCodeOfFailure;
    }

    private static string[] TextsOf(IReadOnlyList<Uri> addresses) => [.. addresses.Select(address => address.OriginalString)];
}
