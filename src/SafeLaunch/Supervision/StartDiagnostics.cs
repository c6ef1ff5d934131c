using SafeLaunch.Hosting;

namespace SafeLaunch.Supervision;

/// <summary>The sentences of a start that failed: the launch, the observation, and the remedy.</summary>
internal static class StartDiagnostics
{
    /// <summary>What Start throws for a launch that ended before it was ready.</summary>
    public static Exception ErrorOf(string launch, EndCause cause) =>
        cause.Exception ?? new OperationCanceledException($"Launch '{launch}' was stopped before it was ready. {cause.Sentence}");

    public static LaunchException ExitCode(LaunchRun run, int exitCode)
    {
        var seen = run.StartErrors.Last;
        return new(
            run.Call.Program is not null
                ? $"Launch '{run.Name}': its program ended with exit code {exitCode}. {Describe(seen)}"
                : $"Launch '{run.Name}': its delegate returned exit code {exitCode}. {Describe(seen)} If that number is not an exit code, let the delegate return nothing.",
            seen);
    }

    public static LaunchException ProgramEnded(LaunchRun run)
    {
        var seen = run.StartErrors.Last;
        return new(
            $"Launch '{run.Name}': its program ended without ever being ready. {Describe(seen)} If it is to go on after its Main, let it run a host, or call {nameof(LaunchOptions)}.{nameof(LaunchOptions.ReadyWhen)}.",
            seen);
    }

    /// <summary>With the exception of the host itself where the process has seen it.</summary>
    public static EndCause HostFailed(LaunchRun run)
    {
        var error = run.StartErrors.OfHostStart;
        return EndCause.Crashed(
            "A host that it built failed to start.",
            error ?? new LaunchException(
                $"Launch '{run.Name}': a host that it built failed to start, and its delegate went on. {Describe(run.StartErrors.Last)} Await the task of RunAsync, or call Run, so that the exception reaches the delegate.",
                run.StartErrors.Last));
    }

    public static LaunchException BuiltBefore(string launch) =>
        new($"Launch '{launch}' runs a host that was built before the launch, where neither {nameof(LaunchOptions.Configuration)} nor {nameof(LaunchOptions.ConfigureAppHost)}, and so neither UseLoopback nor UseUrls, can reach it. Build it inside of the delegate, or leave them out.");

    public static LaunchException AnswersBefore(string launch, Uri address) =>
        new($"Launch '{launch}': {address} answers before its delegate has begun, so something else listens there. Stop that, or use another port; a listener that the launch is to serve has to be opened by its delegate.");

    public static LaunchTimeoutException NotReadyInTime(LaunchRun run, Exception? lastSeen) =>
        new(
            $"Launch '{run.Name}' was not ready within {run.Options.StartTimeout}. {DescribeStart(run, lastSeen)} Or raise {nameof(LaunchOptions.StartTimeout)}.",
            lastSeen ?? run.StartErrors.OfHostStart);

    private static string DescribeStart(LaunchRun run, Exception? lastSeen)
    {
        if (!run.HasDelegateBegun)
        {
            return WhyNotBegun(run);
        }

        var delegateSeen = run.DelegateEnded.IsCompleted ? "Its delegate has returned" : $"Its delegate is still running, on thread {run.Thread!.Id}";
        var hostsSeen = DescribeHosts(run.Hosts);
        if (run.Readiness is not null)
        {
            return $"{delegateSeen}, {hostsSeen}, and {nameof(LaunchOptions.ReadyWhen)} was still waiting{(lastSeen is null ? "" : ": " + lastSeen.Message)}. Check what it waits for.";
        }

        var captured = HostCapture.IsPossible ? "or captures it" : "but not where it captures it, since this program is native code";
        return $"{delegateSeen}, {hostsSeen}, and nothing called SignalReady. A generic host is detected where the delegate builds it, {captured}; for any other server, call {nameof(LaunchContext)}.{nameof(LaunchContext.SignalReady)} before the delegate blocks, or call {nameof(LaunchOptions)}.{nameof(LaunchOptions.ReadyWhen)} with Ready.Tcp or Ready.Http.";
    }

    private static string WhyNotBegun(LaunchRun run)
    {
        if (run is { Thread: null, Readiness.ReadyProbe: not null })
        {
            return $"{nameof(LaunchOptions.ReadyWhen)} was still looking whether another server answers at its address, and its delegate has not begun. Something there, or the network, takes long to answer: check what listens there.";
        }

        return run.LaunchHost.IsConfigured
            ? "Its launch host had not started: a hosted service, or a delegate of ConfigureLaunchHost, takes too long. Let it do less before the launch."
            : "Its delegate has not begun: the machine is busy, or other code blocks the threads of the pool. Let that code await.";
    }

    private static string DescribeHosts(AppHosts hosts)
    {
        if (hosts.HasAnyFailedToStart)
        {
            return "a host that it built failed to start";
        }

        // First, since a service of that host may have started another one.
        if (hosts.IsAnyStarting)
        {
            return "the start of a host that it built has not ended";
        }

        if (hosts.HasAnyStarted)
        {
            return hosts.IsAnyLive ? "a host of it runs" : "a host of it has started and stopped";
        }

        return hosts.Snapshot.Count == 0 ? "no host was detected" : "it has built a host and never started it";
    }

    private static string Describe(Exception? seen) => seen is null
        ? "Its own output says why."
        : $"The last exception that was thrown in it, and may be the cause, is {seen.GetType()}: {seen.Message} Its own output may say more.";
}
