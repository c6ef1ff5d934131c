namespace SafeLaunch.Benchmarks.Contexts;

/// <summary>A thread that runs posted work, one item after another.</summary>
public abstract class Contender : IDisposable
{
    public abstract void Post(SendOrPostCallback callback, object? state);

    public void Dispose()
    {
        this.Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
