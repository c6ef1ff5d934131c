using SafeLaunch.Hosting;

namespace SafeLaunch.Supervision;

/// <summary>What one start says, besides the delegate and the options.</summary>
internal sealed class StartRequest
{
    /// <summary>Gives up the start.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Whether the signals of the process stop the launch, even if the options do not say it.</summary>
    public bool HandlesSignals { get; init; }

    /// <summary>The addresses of an earlier run that this one is to have again where it can, in their order.</summary>
    public IReadOnlyList<Uri> EarlierAddresses { get; init; } = [];

    /// <summary>Called with all addresses of the launch each time that it has got more, from the first one on; null for nothing.</summary>
    public Action<IReadOnlyList<Uri>>? OnAddressesAdded { get; init; }

    /// <summary>Gets the log lines of the launch and of its app hosts besides their own logs; null for none.</summary>
    public LogTail? LogTail { get; init; }
}
