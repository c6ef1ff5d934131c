using Microsoft.Extensions.Logging;

namespace SafeLaunch;

internal static partial class WebLog
{
    [LoggerMessage(40, LogLevel.Warning, "{Server}: the guard refused a request, {Method} {Path}, by its rule {Rule}. {Reason} It has Host '{Host}', Origin '{Origin}', Sec-Fetch-Site '{Site}'. {Remedy} It is logged this once for this rule.")]
    public static partial void Refused(this ILogger logger, string server, string method, string path, string rule, string reason, string host, string origin, string site, string remedy);

    [LoggerMessage(42, LogLevel.Information, "Launch '{Launch}': no browser is opened, since {Obstacle}. Open {Address} yourself.{Remedy}")]
    public static partial void NoBrowser(this ILogger logger, string launch, Uri address, string obstacle, string remedy);

    [LoggerMessage(43, LogLevel.Error, "Launch '{Launch}': the page of the launches was asked for its {Action}, which has failed.")]
    public static partial void ActionFailed(this ILogger logger, Exception exception, string launch, string action);

    [LoggerMessage(44, LogLevel.Warning, "Launch '{Launch}' is ready, and GuardAccess guards nothing so far, since no web host was detected. If it runs a web server, each program of each user of this machine, and each web page that a browser on it opens, can send requests to it. Build its host inside of the delegate while the launch starts; docs/security.md says which hosts are not detected. If it runs no web server, leave GuardAccess out.")]
    public static partial void NothingGuarded(this ILogger logger, string launch);

    [LoggerMessage(45, LogLevel.Information, "Launch '{Launch}': no browser is opened, since it does not run.")]
    public static partial void NotRunning(this ILogger logger, string launch);

    [LoggerMessage(41, LogLevel.Warning, "Launch '{Launch}': AllowAnyAccess has taken the guard away. Each web page that a browser on this machine opens, and each program of each user, can send requests to this server. Remove AllowAnyAccess, or let in what is needed by GuardAccess.")]
    public static partial void AnyAccess(this ILogger logger, string launch);
}
