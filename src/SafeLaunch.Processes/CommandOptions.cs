namespace SafeLaunch;

/// <summary>How a command is launched by <see cref="CommandLauncherExtensions.ForCommand"/>.</summary>
/// <remarks>
/// A command has no app host of this process, so <see cref="LaunchOptions.ConfigureAppHost"/>, <see cref="LaunchOptions.ConfigureServices"/>,
/// <see cref="LaunchOptions.OnAppHostStarted"/> and the options of SafeLaunch.AspNetCore are refused. The other options have their meaning; the code of
/// <see cref="LaunchOptions.StopWith"/> runs in this process, before the command is asked to end.
/// </remarks>
public sealed class CommandOptions : LaunchOptions
{
    /// <summary>Gets the environment variables of the command, on top of those of this process; null takes one away. Default: empty.</summary>
    public IDictionary<string, string?> EnvironmentVariables { get; private set; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Gets or sets the current directory of the command. Default: null, for that of this process.</summary>
    public string? WorkingDirectory { get; set; }

    internal override void CopyWhatIsShared()
    {
        base.CopyWhatIsShared();
        this.EnvironmentVariables = new Dictionary<string, string?>(this.EnvironmentVariables, StringComparer.Ordinal);
    }
}
