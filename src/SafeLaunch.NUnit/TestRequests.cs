using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace SafeLaunch;

/// <summary>
/// Tells the server which test a request comes from, since neither a socket nor Kestrel carries the flow of the test to the
/// code that handles it.
/// </summary>
internal static class TestRequests
{
    private const string HeaderName = "SafeLaunch-Test";

    /// <summary>The side of the client.</summary>
    internal sealed class Sender(TestOutput output) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (output.Attend() is { } test)
            {
                request.Headers.Remove(HeaderName);
                request.Headers.Add(HeaderName, test.Id);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>The side of the server, before everything that the app does with a request.</summary>
    internal sealed class Receiver(TestOutput output) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            // Asynchronous, so that the value does not outlive the request in the flow of the connection.
            app.Use(rest => async context =>
            {
                output.HandleRequestOf(context.Request.Headers[HeaderName]);
                await rest(context).ConfigureAwait(false);
            });
            next(app);
        };
    }
}
