using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace SafeLaunch.Guarding;

/// <summary>Logs the first refusal of each rule: a hostile page could fill the log otherwise.</summary>
/// <param name="launch">The name of the launch whose guard it is; null for the guard of the page of the launches.</param>
internal sealed class RefusalLog(string? launch)
{
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
            Short(request.Method),
            Short(request.Path.Value),
            refusal.Rule,
            refusal.Reason,
            Short(headers.Host),
            Short(headers.Origin),
            Short(headers["Sec-Fetch-Site"]),
            refusal.Remedy);
    }

    /// <summary>The text is the sender's.</summary>
    private static string Short(StringValues value) => value.ToString() is { Length: > 200 } text ? text[..200] + "…" : value.ToString();
}
