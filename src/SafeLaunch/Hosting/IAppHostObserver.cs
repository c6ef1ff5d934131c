namespace SafeLaunch.Hosting;

/// <summary>Receives what happens to the app hosts of a launch. Called on any thread; must neither block nor throw.</summary>
internal interface IAppHostObserver
{
    /// <summary>A host is built, and may be started soon.</summary>
    void OnHostBuilt();

    void OnHostStarted(AppHost host);

    /// <summary>A host begins to stop, because a background service has failed or for any other reason.</summary>
    void OnHostStopping(Exception? fault);

    /// <summary>A host has stopped, or was disposed of, started or not.</summary>
    void OnHostEnded(AppHost host);

    /// <summary>A captured host was started by code outside of the launch.</summary>
    void OnHostStartedElsewhere();
}
