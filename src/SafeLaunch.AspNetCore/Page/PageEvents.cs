using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Page;

/// <summary>Tells an open page once a second what has become of the launches, as server-sent events.</summary>
internal sealed class PageEvents(ILaunches launches)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task SendAsync(HttpContext context)
    {
        PageFile.Secure(context.Response);
        context.Response.ContentType = "text/event-stream";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // An open page must not hold up the stop of the server that answers it.
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var timer = new PeriodicTimer(Interval);
        var reader = new PageReader(launches, context.RequestServices, isKnown: PageGuard.IsKnown(context));
        try
        {
            do
            {
                await context.Response.WriteAsync($"data: {reader.Next()}\n\n", end.Token).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(end.Token).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or the server stops.
        }
    }
}
