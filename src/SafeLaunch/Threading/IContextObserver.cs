namespace SafeLaunch.Threading;

/// <summary>What a launch context tells its owner. Called on whichever thread it happens; must neither block nor throw.</summary>
internal interface IContextObserver
{
    /// <summary>Posted work, an async void method included, threw.</summary>
    void OnCallbackThrew(Exception exception);

    /// <summary>Work was posted after the end and runs on the thread pool.</summary>
    void OnPostedLate();

    /// <summary>Blocking waits are nested so deeply that the innermost one does not pump.</summary>
    void OnPumpedTooDeep(int depth);

    /// <summary>The exception for a caller who needs the launch thread after it is gone.</summary>
    Exception CreateGoneException();
}
