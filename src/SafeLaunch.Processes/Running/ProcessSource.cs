using Microsoft.Extensions.Logging;
using SafeLaunch.Supervision;

namespace SafeLaunch.Running;

/// <summary>
/// Launches whose work is done by other processes. Each is a launch of this process too, whose delegate looks after its process: so start,
/// readiness, stop, outcome and handle are those of any launch.
/// </summary>
internal sealed class ProcessSource(LaunchOptions options, Func<StartRequest, IProcessRun> create) : ILaunchSource
{
    public string Name => options.Name;

    public bool HandlesSignals => options.HandleSignals;

    public ILoggerFactory? LoggerFactory => options.LoggerFactory;

    public IEnumerable<ILaunchPart> Parts => options.Parts.Values;

    public ILaunch Begin(StartRequest request)
    {
        var run = create(request);
        return Launch.Begin(
            new(original: null, run.RunAsync),
            options.ForOtherProcess(options.StopTimeout + KillTimes.All, run.StopAsync),
            request);
    }
}
