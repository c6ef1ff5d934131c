using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace SafeLaunch.Guarding;

/// <summary>Logs the first refusal of each rule: a hostile page could fill the log otherwise.</summary>
/// <param name="launch">The name of the launch whose guard it is; null for the guard of the page of the launches.</param>
internal sealed class RefusalLog(string? launch)
{
    private const int Longest = 200;

    private readonly HashSet<Refusal> logged = [];

    /// <summary>The logger of the app until the launch has given its own.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    public void Add(Refusal refusal, HttpRequest request)
    {
        lock (this.logged)
        {
            if (!this.logged.Add(refusal))
            {
                return;
            }
        }

        var headers = request.Headers;
        this.Logger.Refused(
            launch is null ? "The page of the launches" : $"Launch '{launch}'",
            Printable(request.Method),
            Printable(request.Path.ToUriComponent()),
            refusal.Rule,
            refusal.Reason,
            Printable(headers.Host),
            Printable(headers.Origin),
            Printable(headers[FetchHeaders.Site]),
            refusal.Remedy);
    }

    /// <summary>The text is the sender's, who must neither fill the log, begin another line in it, nor send commands to a terminal that shows it.</summary>
    private static string Printable(StringValues value)
    {
        var text = value.ToString();
        return string.Concat(text.Take(Longest).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')) + (text.Length > Longest ? "…" : "");
    }
}
