namespace SafeLaunch.Threading;

/// <summary>The state of the one consumer of a <see cref="WorkQueue"/>.</summary>
internal enum Consumer
{
    /// <summary>Taking work, or running user code after which it takes more: it needs no wake-up.</summary>
    Running,

    /// <summary>Back in the loop that hosts it: it takes a drain to wake it.</summary>
    Idle,

    /// <summary>Inside a blocking wait of user code: an event wakes it.</summary>
    Parked,

    /// <summary>Never to come back: a producer that adds work from here on takes care of it.</summary>
    Gone,
}
