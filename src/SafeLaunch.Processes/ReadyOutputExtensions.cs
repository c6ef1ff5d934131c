using System.Text.RegularExpressions;
using SafeLaunch.Running;

namespace SafeLaunch;

/// <summary>Readiness by the output of a process.</summary>
public static class ReadyOutputExtensions
{
    private static readonly TimeSpan MatchTime = TimeSpan.FromSeconds(1);

#pragma warning disable CA1034 // It is no nested type.
    extension(Ready)
#pragma warning restore CA1034
    {
        /// <summary>
        /// Ready when the process of the launch prints a line that matches a pattern, for commands and child launches. The group named
        /// <c>address</c>, or the first group, becomes an address of the launch: an absolute one, or a port of localhost. A pattern without a group
        /// gives none. A compiler from before C# 14 calls this as <c>ReadyOutputExtensions.Output</c>.
        /// </summary>
        /// <param name="pattern">A regular expression, such as <c>running on (http://[^ ]+)</c>.</param>
        /// <returns>The probe, for <see cref="LaunchOptions.ReadyWhen"/>.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="pattern"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="pattern"/> is no regular expression.</exception>
        public static Func<LaunchContext, CancellationToken, Task> Output(string pattern) =>
            new OutputProbe(new(Guard.NotNull(pattern, nameof(pattern)), RegexOptions.None, MatchTime)).WaitAsync;
    }
}
