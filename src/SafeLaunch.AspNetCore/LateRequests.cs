using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch;

/// <summary>
/// Refuses what comes to a web server that has been told to stop and still listens. A page that has lost its connection (Blazor's,
/// any that uses SignalR) comes back at once, and its new connection would hold the server up until its shutdown time is over.
/// </summary>
internal sealed class LateRequests(IHostApplicationLifetime lifetime) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var stopping = lifetime.ApplicationStopping;
        app.Use(rest => context => stopping.IsCancellationRequested ? RefuseAsync(context) : rest(context));
        next(app);
    };

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}
