using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Page;

/// <summary>What the buttons of the page do. The answer says how it went, in a sentence for people.</summary>
internal sealed class PageActions(ILaunches launches, ILogger logger)
{
    private const string Start = "start";
    private const string Stop = "stop";
    private const string Restart = "restart";

    public static IReadOnlyList<string> All { get; } = [Start, Stop, Restart];

    /// <summary>The actions that a launch can do now.</summary>
    public static IReadOnlyList<string> Of(LaunchHandle launch, bool startsLaunches) => launch.State switch
    {
        LaunchState.NotStarted or LaunchState.Ended => startsLaunches ? [Start] : [],
        LaunchState.Stopping => [],
        _ => startsLaunches ? [Stop, Restart] : [Stop],
    };

    public async Task RunAsync(HttpContext context, string action)
    {
        PageFile.Secure(context.Response);
        var name = context.Request.Query["launch"].ToString();
        var (status, text) = launches.All.Any(launch => launch.Name.Equals(name, StringComparison.Ordinal))
            ? await this.WaitForAsync(context, action, name).ConfigureAwait(false)
            : (StatusCodes.Status404NotFound, $"There is no launch '{name}'.");
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>
    /// Answers at the latest when the server of the page begins to stop: the action may stop the launch that serves the page, and that stop
    /// waits for the requests of the server.
    /// </summary>
    private async Task<(int Status, string Text)> WaitForAsync(HttpContext context, string action, string name)
    {
        Task<(int Status, string Text)> done;
        using (ExecutionContextFlow.Suppress())
        {
            // Neither the end of this request nor its Activity concerns the launch.
            done = Task.Run(() => this.DoAsync(action, name), CancellationToken.None);
        }

        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await ((Task)done).WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return done.IsCompleted
            ? await done.ConfigureAwait(false)
            : (StatusCodes.Status202Accepted, $"The server of this page stops, and the {action} of {name} goes on.");
    }

    /// <summary>Never fails.</summary>
    private async Task<(int Status, string Text)> DoAsync(string action, string name)
    {
        try
        {
            switch (action)
            {
                case Start:
                    await launches.StartAsync(name).ConfigureAwait(false);
                    return (StatusCodes.Status200OK, $"{name} has started.");
                case Restart:
                    await launches.RestartAsync(name).ConfigureAwait(false);
                    return (StatusCodes.Status200OK, $"{name} has started again.");
                default:
                    var outcome = await launches.StopAsync(name).ConfigureAwait(false);
                    return (StatusCodes.Status200OK, $"{name} has ended. {outcome}");
            }
        }
        catch (Exception e)
        {
            logger.ActionFailed(e, name, action);
            return (StatusCodes.Status409Conflict, $"The {action} of {name} has failed: {e.Message}");
        }
    }
}
