using Microsoft.Extensions.Logging;
using SafeLaunch.Supervision;

namespace SafeLaunch.Child;

/// <summary>Launches of a launcher that the program of the child has made itself, with the options of the parent on top.</summary>
internal sealed class OrderedSource(ILaunchSource made, Action<LaunchOptions> apply) : ILaunchSource
{
    public string Name => made.Name;

    public bool HandlesSignals => true;

    public ILoggerFactory? LoggerFactory => null;

    public IEnumerable<ILaunchPart> Parts => made.Parts;

    public ILaunch Begin(StartRequest request)
    {
        if (made is not LaunchSource { Options: var options } source)
        {
            throw new LaunchException($"Launch '{made.Name}': a child process runs the launcher of a delegate or of a program. Pass that launcher to {nameof(ChildProcess)}.{nameof(ChildProcess.RunIfChild)}, before Supervised or InChildProcess.");
        }

        apply(options);
        return source.Begin(request);
    }
}
