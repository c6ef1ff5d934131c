using Microsoft.Extensions.Logging;
using SafeLaunch.Supervision;

namespace SafeLaunch.Supervising;

/// <summary>Launches that consist of several runs, each of which another source begins.</summary>
internal sealed class SupervisedSource(ILaunchSource runs, SupervisionOptions options) : ILaunchSource
{
    public string Name => runs.Name;

    public bool HandlesSignals => runs.HandlesSignals;

    public ILoggerFactory? LoggerFactory => runs.LoggerFactory;

    public IEnumerable<ILaunchPart> Parts => runs.Parts;

    public ILaunch Begin(StartRequest request) => SupervisedLaunch.Begin(runs, options, request);
}
