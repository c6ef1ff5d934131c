using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SafeLaunch.Telemetry;

/// <summary>
/// The meter and the activity source of SafeLaunch. They are static, not made by an IMeterFactory: most launches begin in code that has no services,
/// and one meter shows the launches of the whole process. docs/telemetry.md describes each instrument.
/// </summary>
internal sealed partial class Instruments
{
    private const string Name = "SafeLaunch";

    private readonly Meter meter;

    private Instruments()
    {
        var version = typeof(Instruments).Assembly.GetName().Version?.ToString(fieldCount: 3);
        this.meter = new(Name, version);
        this.Activities = new(Name, version);
        this.StartDuration = this.CreateSeconds("safelaunch.launch.start.duration", "How long launches took until they were ready, or until their start failed.");
        this.StopDuration = this.CreateSeconds("safelaunch.launch.stop.duration", "How long launches took from the beginning of their end to their outcome.");
        this.Outcomes = this.meter.CreateCounter<long>("safelaunch.launch.outcomes", "{launch}", "How many launches have ended, by kind of outcome.");
        this.Restarts = this.meter.CreateCounter<long>("safelaunch.launch.restarts", "{restart}", "How often supervised launches were started again.");
        this.PumpingWaits = this.meter.CreateCounter<long>("safelaunch.context.pumping_waits", "{wait}", "How many blocking waits have served a context's queue.");

        // Asked for by the listener, so that a post costs nothing, and a listener that comes late sees the launches that run already.
        this.meter.CreateObservableUpDownCounter("safelaunch.launch.active", this.Live.Count, "{launch}", "How many launches have begun and not ended.");
        this.meter.CreateObservableUpDownCounter("safelaunch.context.queue.length", this.Live.CountQueued, "{item}", "How many posted work items wait for the launch thread.");

        // A list of the process holds the meter, and the meter holds the delegates above, which are code of a plugin that may be unloaded.
        CodeUnloading.Register(this.Dispose);
    }

    public static Instruments Shared { get; } = new();

    public ActivitySource Activities { get; }

    public LiveLaunches Live { get; } = new();

    public Histogram<double> StartDuration { get; }

    public Histogram<double> StopDuration { get; }

    public Counter<long> Outcomes { get; }

    public Counter<long> Restarts { get; }

    public Counter<long> PumpingWaits { get; }

    private void Dispose()
    {
        this.meter.Dispose();
        this.Activities.Dispose();
    }
}
