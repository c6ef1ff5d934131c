namespace SafeLaunch.Tests.Faults;

/// <summary>A server whose disposal is to go wrong.</summary>
internal sealed class FaultyServer(Life life, Action strike) : IDisposable
{
    public void Dispose()
    {
        using (life)
        {
            strike();
        }
    }
}
