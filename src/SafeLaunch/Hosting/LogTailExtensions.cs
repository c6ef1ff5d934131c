using Microsoft.Extensions.Logging;

namespace SafeLaunch.Hosting;

internal static class LogTailExtensions
{
    /// <summary>A logger of a factory that writes to the tail too.</summary>
    /// <param name="tail">The tail; null to write to the logger of the factory alone.</param>
    /// <param name="factory">The factory; null for no logger.</param>
    /// <param name="category">The category of the logger.</param>
    /// <returns>The logger; null without a factory: the launch then logs through its app host, which writes to the tail itself.</returns>
    public static ILogger? Beside(this LogTail? tail, ILoggerFactory? factory, string category) =>
        (tail, factory?.CreateLogger(category)) switch
        {
            (_, null) => null,
            (null, { } logger) => logger,
            (_, { } logger) => new LogTail.Tee(logger, tail.CreateLogger(category)),
        };
}
