namespace SafeLaunch.Telemetry;

/// <summary>Calls the listeners of metrics and traces, whose failure is not the launch's.</summary>
/// <param name="onError">Gets the first exception that a listener throws.</param>
internal sealed class ListenerShield(Action<Exception> onError)
{
    private int hasFailed;

    public void Try(Action measure)
    {
        try
        {
            measure();
        }
        catch (Exception e)
        {
            if (Interlocked.Exchange(ref this.hasFailed, 1) == 0)
            {
                onError(e);
            }
        }
    }
}
