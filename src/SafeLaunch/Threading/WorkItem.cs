namespace SafeLaunch.Threading;

/// <summary>One callback in the queue of a launch synchronization context.</summary>
internal readonly struct WorkItem(SendOrPostCallback callback, object? state, ExecutionContext? executionContext)
{
    public SendOrPostCallback Callback { get; } = callback;

    public object? State { get; } = state;

    /// <summary>Null where the flow was suppressed when it was posted.</summary>
    public ExecutionContext? ExecutionContext { get; } = executionContext;
}
