using System.Diagnostics;

namespace SafeLaunch.Telemetry;

/// <summary>The measurements and the spans of one launch. It makes none that no listener has asked for.</summary>
/// <param name="launch">The launch.</param>
internal sealed class LaunchTelemetry(IMeasuredLaunch launch)
{
    private long since = Stopwatch.GetTimestamp();
    private ListenerShield? shield;
    private Activity? start;
    private Activity? stop;

    public IMeasuredLaunch Launch => launch;

    private static Instruments Instruments => Instruments.Shared;

    private ListenerShield Shield => this.shield ??= new(launch.OnListenerFailed);

    private double Seconds => (Stopwatch.GetTimestamp() - this.since) / (double)Stopwatch.Frequency;

    /// <summary>The launch begins. Called in the execution context of the caller who starts it, whose activity is the parent of the span.</summary>
    public void Begin()
    {
        Instruments.Live.Add(this);
        if (Instruments.Activities.HasListeners())
        {
            this.Shield.Try(() => this.start = Span.Begin("launch start", Activity.Current?.Context ?? default, launch.Name));
        }
    }

    public void OnReady() => this.OnStarted(error: null);

    /// <summary>The launch begins to end.</summary>
    /// <param name="startError">The exception of a start that has failed; null if the launch has been ready.</param>
    /// <param name="parent">The activity in which the launch was asked to stop, or failed.</param>
    public void OnEnding(Exception? startError, ActivityContext parent)
    {
        if (startError is not null)
        {
            this.OnStarted(startError);
        }

        this.since = Stopwatch.GetTimestamp();
        if (Instruments.Activities.HasListeners())
        {
            this.BeginStop(parent);
        }
    }

    public void OnEnded(LaunchOutcome outcome)
    {
        Instruments.Live.Remove(this);
        if (Instruments.StopDuration.Enabled || Instruments.Outcomes.Enabled)
        {
            this.MeasureEnd(outcome);
        }

        if (this.stop is { } span)
        {
            this.End(span, outcome.IsSuccess ? null : outcome.Reason, Tags.Of(launch.Name, outcome));
        }
    }

    public void OnPumpingWait()
    {
        if (Instruments.PumpingWaits.Enabled)
        {
            this.Shield.Try(() => Instruments.PumpingWaits.Add(1, Tags.Of(launch.Name)));
        }
    }

    private void OnStarted(Exception? error)
    {
        if (Instruments.StartDuration.Enabled)
        {
            this.MeasureStart(error);
        }

        if (this.start is { } span)
        {
            this.End(span, error?.Message, Tags.Of(launch.Name, error));
        }
    }

    private void MeasureStart(Exception? error) =>
        this.Shield.Try(() => Instruments.StartDuration.Record(this.Seconds, Tags.Of(launch.Name, error)));

    private void BeginStop(ActivityContext parent) =>
        this.Shield.Try(() => this.stop = Span.Begin("launch stop", parent, launch.Name));

    private void MeasureEnd(LaunchOutcome outcome) => this.Shield.Try(() =>
    {
        var tags = Tags.Of(launch.Name, outcome);
        Instruments.StopDuration.Record(this.Seconds, tags);
        Instruments.Outcomes.Add(1, tags);
    });

    private void End(Activity span, string? error, TagList tags) => this.Shield.Try(() => Span.End(span, error, tags));
}
