namespace SafeLaunch.Readiness;

/// <summary>Waits for several probes at once; the first that fails ends the others.</summary>
internal sealed class AllProbes(IReadOnlyList<Func<LaunchContext, CancellationToken, Task>> probes) : IReadyProbe
{
    /// <summary>Several probes in one; null where there is none.</summary>
    public static Func<LaunchContext, CancellationToken, Task>? Of(IReadOnlyList<Func<LaunchContext, CancellationToken, Task>> probes) => probes switch
    {
        [] => null,
        [var one] => one,
        var several => new AllProbes(several).WaitAsync,
    };

    public async Task WaitAsync(LaunchContext context, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = probes.Select(WaitForAsync).ToList();
        try
        {
            while (waiting.Count > 0)
            {
                var first = await Task.WhenAny(waiting).ConfigureAwait(false);
                waiting.Remove(first);
                await first.ConfigureAwait(false);
            }
        }
        finally
        {
            waiting.ForEach(probe => probe.Forget());
            await end.CancelElsewhereAsync().ConfigureAwait(false);
        }

        async Task WaitForAsync(Func<LaunchContext, CancellationToken, Task> probe)
        {
            var task = probe(context, end.Token)
                ?? throw new LaunchException($"Launch '{context.Name}': a probe of {nameof(LaunchOptions.ReadyWhen)} returned null in place of a task. Return a task.");
            await task.ConfigureAwait(false);
        }
    }

    public async Task<Uri?> FindReadyAsync(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(probes.Select(probe => probe.Target).OfType<IReadyProbe>().Select(probe => probe.FindReadyAsync(cancellationToken))).ConfigureAwait(false);
        return Array.Find(found, address => address is not null);
    }
}
