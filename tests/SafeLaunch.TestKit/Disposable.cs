namespace SafeLaunch.TestKit;

/// <summary>Runs an action when it is disposed of, as a server that a delegate returns.</summary>
internal sealed class Disposable(Action dispose) : IDisposable
{
    public void Dispose() => dispose();
}
