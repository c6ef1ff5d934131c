using System.Diagnostics;

namespace SafeLaunch.Internal;

internal static class ExecutionContextFlow
{
    /// <summary>Suppresses the flow until disposed, on this same thread; does nothing where it is suppressed already.</summary>
    public static Suppression Suppress() =>
        ExecutionContext.IsFlowSuppressed() ? default : new(ExecutionContext.SuppressFlow());

    /// <summary>
    /// Called inside of an execution context that was captured elsewhere: on .NET Framework that has brought the synchronization
    /// context of its origin with it. Undone at the end of the run.
    /// </summary>
    [Conditional("NETSTANDARD")]
    public static void ReplaceSynchronizationContext(SynchronizationContext? context) =>
        SynchronizationContext.SetSynchronizationContext(context);

    internal readonly struct Suppression(AsyncFlowControl control) : IDisposable
    {
        private readonly AsyncFlowControl? control = control;

        public void Dispose() => this.control?.Undo();
    }
}
