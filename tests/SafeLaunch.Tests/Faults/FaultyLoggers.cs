using Microsoft.Extensions.Logging;

namespace SafeLaunch.Tests.Faults;

/// <summary>A factory that goes wrong when it is to make a logger.</summary>
internal sealed class FaultyLoggers(Action strike) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName)
    {
        strike();
        throw new InvalidOperationException("It was to go wrong.");
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
        // There is nothing to release.
    }
}
