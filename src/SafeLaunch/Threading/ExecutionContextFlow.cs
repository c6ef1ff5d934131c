namespace SafeLaunch.Threading;

internal static class ExecutionContextFlow
{
    /// <summary>Suppresses the flow until disposed, on this same thread; does nothing where it is suppressed already.</summary>
    public static Suppression Suppress() =>
        ExecutionContext.IsFlowSuppressed() ? default : new(ExecutionContext.SuppressFlow());

    internal readonly struct Suppression(AsyncFlowControl control) : IDisposable
    {
        private readonly AsyncFlowControl? control = control;

        public void Dispose() => this.control?.Undo();
    }
}
