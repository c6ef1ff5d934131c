using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Page;

/// <summary>What one event tells the page.</summary>
/// <param name="IsFirst">Whether it is the first event of its connection, which has all log lines again.</param>
/// <param name="Program">The name of the program.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Memory">The working set of the process, which all launches share, in bytes.</param>
/// <param name="Launches">In the order in which they were added.</param>
internal sealed record PageView(bool IsFirst, string Program, int ProcessId, long Memory, IReadOnlyList<LaunchView> Launches);

/// <summary>One launch.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state.</param>
/// <param name="Seconds">For how long it has been in that state.</param>
/// <param name="Outcome">Its outcome; null unless it has ended.</param>
/// <param name="Concern">What is wrong with it although it runs; null for nothing.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="NeedsToken">Whether it requires a token.</param>
/// <param name="CanOpen">Whether the page may lead this caller past the token.</param>
/// <param name="EarlierRuns">The outcomes of its latest runs, the latest last.</param>
/// <param name="RunCount">How many of its runs have ended, as far as they are kept.</param>
/// <param name="Queue">How many work items wait in the context's queue.</param>
/// <param name="StopSeconds">How long a stop may take.</param>
/// <param name="ServesPage">Whether this page comes from it.</param>
/// <param name="Actions">What can be done with it now.</param>
/// <param name="KeepsLog">Whether its log lines are kept.</param>
/// <param name="Lines">The log lines since the last event.</param>
internal sealed record LaunchView(
    string Name,
    LaunchState State,
    double Seconds,
    OutcomeView? Outcome,
    string? Concern,
    IReadOnlyList<string> Addresses,
    bool NeedsToken,
    bool CanOpen,
    IReadOnlyList<OutcomeView> EarlierRuns,
    int RunCount,
    int Queue,
    double StopSeconds,
    bool ServesPage,
    IReadOnlyList<string> Actions,
    bool KeepsLog,
    IReadOnlyList<LineView> Lines);

/// <summary>How a run has ended.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">The reason, and the message of its exception.</param>
/// <param name="IsSuccess">Whether it ended well.</param>
/// <param name="Seconds">How long it took, from its start.</param>
internal sealed record OutcomeView(LaunchOutcomeKind Kind, string Text, bool IsSuccess, double Seconds)
{
    public static OutcomeView Of(LaunchOutcome outcome) => new(
        outcome.Kind,
        outcome.Exception is null ? outcome.Reason : $"{outcome.Reason} {outcome.Exception.GetType().Name}: {outcome.Exception.Message}",
        outcome.IsSuccess,
        outcome.Duration.TotalSeconds);
}

/// <summary>A log line.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Level">Its level.</param>
/// <param name="Category">The category of its logger.</param>
/// <param name="Text">Its message.</param>
internal sealed record LineView(DateTimeOffset Time, LogLevel Level, string Category, string Text);

/// <summary>Writes the events without reflection, which a trimmed program does not have.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PageView))]
internal sealed partial class PageJson : JsonSerializerContext;
