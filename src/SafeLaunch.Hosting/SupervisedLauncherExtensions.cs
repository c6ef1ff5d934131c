using SafeLaunch.Supervising;

namespace SafeLaunch;

/// <summary>Launches that are started again when they crash.</summary>
/// <example>
/// <code>
/// using var handle = Launcher.For(() => app.Run()).Supervised().Start();
/// Console.WriteLine(handle.EarlierRuns.Count);
/// </code>
/// </example>
public static class SupervisedLauncherExtensions
{
    /// <summary>
    /// Makes the launcher of supervised launches: each is started again when it crashes. Its one handle stays the same over all runs;
    /// its state, addresses, services and thread are those of the current run, its completion and its stop those of the whole.
    /// </summary>
    /// <param name="launcher">The launcher of each run.</param>
    /// <param name="configure">Sets when it is started again, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launcher"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Launcher Supervised(this Launcher launcher, Action<SupervisionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(launcher);
        return new(new SupervisedSource(launcher.Source, SupervisionOptions.From(configure)));
    }
}
