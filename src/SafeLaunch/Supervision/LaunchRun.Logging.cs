using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace SafeLaunch.Supervision;

/// <content>Its loggers.</content>
internal sealed partial class LaunchRun
{
    /// <summary>Logs through the launch host from now on.</summary>
    public void UseLogger(ILoggerFactory factory) => this.Logger.Replace(factory.CreateLogger(LogCategories.Launch));

    public ILogger LoggerFor(IHost? host) => this.Logger.HasNoLogger && LoggerOf(host) is { } logger ? logger : this.Logger;

    /// <summary>A context may be kept for long after the end, and must not keep the launch host by its logger.</summary>
    public void ReleaseLogger()
    {
        if (this.Options.LoggerFactory is null)
        {
            this.Logger.Replace(NullLogger.Instance);
        }
    }

    /// <summary>The launched code may dispose of its host at any moment, and code that only wants to log must not fail for that.</summary>
    private static ShieldedLogger? LoggerOf(IHost? host)
    {
        try
        {
            return host?.Services.GetService<ILoggerFactory>() is { } factory ? new(factory.CreateLogger(LogCategories.Launch)) : null;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }
}
