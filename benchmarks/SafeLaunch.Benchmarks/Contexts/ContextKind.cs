namespace SafeLaunch.Benchmarks.Contexts;

/// <summary>Whose context is posted to.</summary>
public enum ContextKind
{
    /// <summary>An idle launch.</summary>
    Launch,

    /// <summary>A launch whose delegate is parked in a blocking wait.</summary>
    ParkedLaunch,

    /// <summary>Nito's AsyncContextThread.</summary>
    AsyncContextThread,

    /// <summary>What comes with the JoinableTaskContext of Visual Studio.</summary>
    SingleThreadedContext,

    /// <summary>The limit: a thread that loops over a channel.</summary>
    Channel,

    /// <summary>The limit of a thread that is parked: it loops over a queue, and rests in a wait for handles.</summary>
    Event,
}
