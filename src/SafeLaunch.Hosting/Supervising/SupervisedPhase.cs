namespace SafeLaunch.Supervising;

/// <summary>What a supervised launch itself is about, whatever its current run does. <see cref="SupervisedLife"/> has the table.</summary>
internal enum SupervisedPhase
{
    /// <summary>The first run is to begin, or is not ready yet.</summary>
    Starting,

    /// <summary>The current run has been ready.</summary>
    Running,

    /// <summary>A run has ended, and the next one is to begin.</summary>
    Waiting,

    /// <summary>A later run is not ready yet.</summary>
    Restarting,

    /// <summary>No further run begins.</summary>
    Ending,

    /// <summary>It is over.</summary>
    Ended,
}
