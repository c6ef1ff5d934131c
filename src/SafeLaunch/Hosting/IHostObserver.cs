using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>What the launched hosts tell their launch. Called on whichever thread it happens; must neither block nor throw.</summary>
internal interface IHostObserver
{
    void OnHostStarted(LaunchedHost host);

    /// <summary>A host begins to stop, whoever asked it to.</summary>
    void OnHostStopping(IHost host);

    /// <summary>A host has stopped, or was disposed, started or not.</summary>
    void OnHostEnded();
}
