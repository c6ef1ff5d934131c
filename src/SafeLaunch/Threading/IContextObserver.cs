namespace SafeLaunch.Threading;

/// <summary>
/// What a launch synchronization context reports to its owner until it is released. Called on the thread where it happens;
/// must neither block nor throw.
/// </summary>
internal interface IContextObserver
{
    /// <summary>Posted work, an async void method included, threw.</summary>
    void OnCallbackThrew(Exception exception);

    /// <summary>A blocking wait begins to serve the queue.</summary>
    void OnPumpingWait();

    /// <summary>A blocking wait does not pump, since so many others pump below it that the stack could overflow.</summary>
    void OnPumpedTooDeep(int depth);

    /// <summary>Posted work has waited so long while the launch thread was in one piece of launched code. Called once, on the thread pool.</summary>
    void OnWorkUnserved(TimeSpan waited);
}
