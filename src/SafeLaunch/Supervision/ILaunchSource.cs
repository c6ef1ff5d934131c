using Microsoft.Extensions.Logging;

namespace SafeLaunch.Supervision;

/// <summary>What a <see cref="Launcher"/> starts: each call makes an independent launch.</summary>
internal interface ILaunchSource
{
    string Name { get; }

    /// <summary>Whether the options let the signals of the process stop the launch.</summary>
    bool HandlesSignals { get; }

    /// <summary>The factory of the loggers of the launches; null where each run has only its own.</summary>
    ILoggerFactory? LoggerFactory { get; }

    /// <summary>What other packages of SafeLaunch keep with the options.</summary>
    IEnumerable<ILaunchPart> Parts { get; }

    /// <exception cref="LaunchException">The caller runs inside of a launch of the same program, which would launch itself again and again.</exception>
    ILaunch Begin(StartRequest request);
}
