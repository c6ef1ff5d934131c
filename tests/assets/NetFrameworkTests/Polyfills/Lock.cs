namespace System.Threading;

/// <summary>A monitor under another name: .NET Framework has no other lock.</summary>
internal sealed class Lock
{
    private readonly object monitor = new();

    public void Enter() => Monitor.Enter(this.monitor);

    public bool TryEnter(TimeSpan timeout) => Monitor.TryEnter(this.monitor, timeout);

    public void Exit() => Monitor.Exit(this.monitor);

    public Scope EnterScope()
    {
        this.Enter();
        return new(this);
    }

    public ref struct Scope(Lock entered)
    {
        public readonly void Dispose() => entered.Exit();
    }
}
