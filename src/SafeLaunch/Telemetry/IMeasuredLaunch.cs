namespace SafeLaunch.Telemetry;

/// <summary>A launch that metrics and traces are about.</summary>
internal interface IMeasuredLaunch
{
    string Name { get; }

    /// <summary>How many posted work items wait for the launch thread.</summary>
    int QueueLength { get; }

    /// <summary>Called with the first exception that a listener throws.</summary>
    void OnListenerFailed(Exception error);
}
