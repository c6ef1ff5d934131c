using Microsoft.AspNetCore.Http;
using SafeLaunch.Guarding;

namespace SafeLaunch.Page;

/// <summary>
/// Opens a launch that requires a token. The token keeps other users of the machine out, who may see this page where it asks for
/// nothing: only a caller who is known is let on, and by a one-time key, so that the page never has the token.
/// </summary>
internal sealed class LaunchAccess(ILaunches launches)
{
    /// <summary>The token that a launch requires; null if it requires none.</summary>
    public static AccessToken? TokenOf(LaunchHandle launch) => launch.Part<WebSettings>()?.Token;

    public Task OpenAsync(HttpContext context)
    {
        PageFile.Secure(context.Response);
        var launch = launches.All.FirstOrDefault(launch => launch.Name.Equals(context.Request.Query["launch"], StringComparison.Ordinal));
        if (launch is null || !PageGuard.IsKnown(context))
        {
            context.Response.StatusCode = launch is null ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        // Another server may have the port of a launch that has ended, and would be given the one-time key.
        if (launch.State != LaunchState.Running)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return context.Response.WriteAsync($"{launch.Name} does not run.", context.RequestAborted);
        }

        try
        {
            context.Response.Headers.Location = AccessUri.Of(launch, path: null, TokenOf(launch) is { } token ? token.OneTimeKeys.Create : null).ToString();
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            return Task.CompletedTask;
        }
        catch (LaunchException e)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return context.Response.WriteAsync(e.Message, context.RequestAborted);
        }
    }
}
