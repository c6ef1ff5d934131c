namespace SafeLaunch.InHost;

/// <summary>How one start of a launch lives in its host, as far as the configuration can set it. Made anew for each start.</summary>
internal sealed class HostedOptions
{
    /// <summary>How long it goes on before its stop.</summary>
    public TimeSpan DrainFor { get; set; }
}
