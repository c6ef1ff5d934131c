namespace SafeLaunch.Hosting;

/// <summary>How the code that starts a host goes on: with Run and RunAsync it also stops and disposes of the host itself.</summary>
internal enum HostRun
{
    /// <summary>It is not known.</summary>
    Unknown = 0,

    /// <summary>By StartAsync alone: it runs until other code stops it.</summary>
    None,

    /// <summary>By RunAsync: the task of that call holds the host's exception.</summary>
    ByTask,

    /// <summary>By Run: the caller is blocked, and gets the host's exception.</summary>
    Blocking,
}
