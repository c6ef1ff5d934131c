using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeLaunch.Guarding;

namespace SafeLaunch.Page;

/// <summary>
/// Who may use the page: it can stop the servers of its program, and so is guarded in every app that maps it. <c>docs/security.md</c> has the rules.
/// </summary>
internal sealed class PageGuard(ILogger logger)
{
    private const string LetsOthersIn = "If others are meant to use it, map it with RequireAuthorization and a policy that says who.";
    private const string StaysAmongItself = "Only the page itself, or a user who opens it, can ask for this.";

    private static readonly Refusal Caller = new(
        StatusCodes.Status403Forbidden,
        "Caller",
        "The page of the launches answers callers on this machine only.",
        LetsOthersIn);

    private static readonly Refusal Host = Refusal.Host with { Remedy = $"Open it by localhost or 127.0.0.1. {LetsOthersIn}" };

    private static readonly HostRule Hosts = new([]);
    private static readonly OriginRule Origins = new([]);

    /// <summary>
    /// A proxy on this machine adds one of these headers, and its callers may be anywhere. The forwarded headers middleware adds those that begin with
    /// <c>X-Original</c> when it has taken the caller's address from a header, which the caller may have written.
    /// </summary>
    private static readonly string[] Forwarded =
    [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Real-IP", "Via",
    ];

    private readonly RefusalLog log = new(launch: null) { Logger = logger };

    /// <summary>For what the page shows.</summary>
    public RequestDelegate InFrontOf(RequestDelegate answer) => context => this.AnswerAsync(context, Check(context), answer);

    /// <summary>For what the page does: only the page itself may ask for it.</summary>
    public RequestDelegate OwnPageOnly(RequestDelegate answer) =>
        context => this.AnswerAsync(context, Check(context) ?? (OriginRule.IsOwnPage(context.Request) ? null : Refusal.Origin with { Remedy = StaysAmongItself }), answer);

    /// <summary>Whether the caller has shown more than that they are on this machine, which other users of it are too.</summary>
    public static bool IsKnown(HttpContext context) => IsAuthorized(context) || context.Features.Get<TokenRule>() is not null;

    private static Refusal? Check(HttpContext context)
    {
        if (!IsKnown(context))
        {
            if (!IsOnThisMachine(context))
            {
                return Caller;
            }

            // The guard of a launch has checked it by its own list.
            if (context.RequestServices.GetService<AccessGuard>() is null && !Hosts.Allows(context))
            {
                return Host;
            }
        }

        return Origins.Check(context.Request) is { } refusal ? refusal with { Remedy = StaysAmongItself } : null;
    }

    /// <summary>The authorization of the app comes before the endpoint, and has let the caller in.</summary>
    private static bool IsAuthorized(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<IAuthorizeData>() is not null && metadata.GetMetadata<IAllowAnonymous>() is null;

    /// <summary>Without an address the caller has come by a Unix socket, whose file says who may.</summary>
    private static bool IsOnThisMachine(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return (address is null || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address))
            && !Array.Exists(Forwarded, context.Request.Headers.ContainsKey);
    }

    private Task AnswerAsync(HttpContext context, Refusal? refusal, RequestDelegate answer)
    {
        if (refusal is null)
        {
            return answer(context);
        }

        this.log.Add(refusal, context.Request);
        return Answers.RefuseAsync(context, refusal);
    }
}
