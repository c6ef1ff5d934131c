using Microsoft.Extensions.Logging;

namespace SafeLaunch.Hosting;

/// <summary>One line of a log.</summary>
/// <param name="Number">Counts the lines of the launch, from 1.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Level">Information or above.</param>
/// <param name="Category">The category of its logger.</param>
/// <param name="Text">Its message, and that of its exception.</param>
internal sealed record LogLine(long Number, DateTimeOffset Time, LogLevel Level, string Category, string Text);
