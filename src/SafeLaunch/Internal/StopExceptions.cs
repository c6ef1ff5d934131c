namespace SafeLaunch.Internal;

/// <summary>Tells the exceptions that a stop itself causes in launched code from the failures of that code.</summary>
internal static class StopExceptions
{
    /// <param name="exception">What launched code has thrown.</param>
    /// <param name="isStopping">Whether the stopping token of the launch is cancelled.</param>
    /// <param name="wasInterrupted">Whether the stop has interrupted the launch thread.</param>
    public static bool Include(Exception exception, bool isStopping, bool wasInterrupted) => exception switch
    {
        OperationCanceledException => isStopping,
        ThreadInterruptedException => wasInterrupted,
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.All(inner => Include(inner, isStopping, wasInterrupted)),
        _ => false,
    };
}
