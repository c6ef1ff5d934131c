using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch;

/// <summary>
/// Refuses new connections to the SignalR hubs of a web server that was asked to stop and still listens; Blazor's circuits are
/// such connections. A page that has lost its connection comes back at once, and its new connection would hold the server up until its
/// shutdown time is over. All other requests are answered.
/// </summary>
internal sealed class LateConnections(IHostApplicationLifetime lifetime) : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <summary>After the policies that decide which endpoint it is.</summary>
    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsHub);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            if (candidates.IsValidCandidate(i) && IsHub(candidate.Endpoint) && Connects(httpContext.Request, candidate.Endpoint))
            {
                candidates.ReplaceEndpoint(i, Refusal(candidate.Endpoint), candidate.Values);
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsHub(Endpoint endpoint) => endpoint.Metadata.GetMetadata<HubMetadata>() is not null;

    /// <summary>The other requests belong to a connection that is there: messages are sent by POST, and DELETE ends it.</summary>
    private static bool Connects(HttpRequest request, Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<NegotiateMetadata>() is not null || HttpMethods.IsGet(request.Method) || HttpMethods.IsConnect(request.Method);

    /// <summary>With the same metadata, so that a page of another origin may read the answer.</summary>
    private static Endpoint Refusal(Endpoint endpoint) => new(RefuseAsync, endpoint.Metadata, $"{endpoint.DisplayName}, which is stopping");

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}
