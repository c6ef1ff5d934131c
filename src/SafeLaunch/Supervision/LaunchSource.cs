using Microsoft.Extensions.Logging;

namespace SafeLaunch.Supervision;

/// <summary>Launches of one run in this process.</summary>
internal sealed class LaunchSource(LaunchCall call, LaunchOptions options) : ILaunchSource
{
    public string Name => this.Options.Name;

    public bool HandlesSignals => this.Options.HandleSignals;

    public ILoggerFactory? LoggerFactory => this.Options.LoggerFactory;

    public IEnumerable<ILaunchPart> Parts => this.Options.Parts.Values;

    public LaunchCall Call { get; } = call;

    public LaunchOptions Options { get; } = options;

    public ILaunch Begin(StartRequest request)
    {
        // A program may keep its own launcher, as in a static field, and start it inside its own launch.
        return this.Call.Program?.Refusal is { } refusal
            ? throw new LaunchException(refusal)
            : Launch.Begin(this.Call.ForOneLaunch(), this.Options, request);
    }
}
