namespace SafeLaunch.Telemetry;

/// <summary>Counts how often a supervised launch is started again.</summary>
/// <param name="name">The name of the launch.</param>
/// <param name="onError">Gets the first exception that a listener throws.</param>
internal sealed class RestartTelemetry(string name, Action<Exception> onError)
{
    private readonly ListenerShield shield = new(onError);

    /// <param name="crash">The exception that ended the run before; null if it had none.</param>
    public void OnRestart(Exception? crash)
    {
        if (TelemetrySwitch.IsOn && Instruments.Shared.Restarts.Enabled)
        {
            this.shield.Try(() => Instruments.Shared.Restarts.Add(1, Tags.Of(name, crash)));
        }
    }
}
