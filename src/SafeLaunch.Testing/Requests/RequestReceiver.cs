using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using SafeLaunch.Frameworks;

namespace SafeLaunch.Requests;

/// <summary>Finds out which test and which user a request comes from, before everything that the app does with it.</summary>
internal sealed class RequestReceiver(TestOutput output, TestUsers users, Exchanges exchanges) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        // Asynchronous, so that the value does not outlive the request in the flow of the connection.
        app.Use(rest => async context =>
        {
            var exchange = exchanges.Begin(output.HandleRequestOf(TestMark.Read(context.Request)), context.Request);
            users.SignIn(context);
            try
            {
                await rest(context).ConfigureAwait(false);
                exchange?.End(context.Response);
            }
            catch (Exception e)
            {
                exchange?.Fail(e);
                throw;
            }
        });
        next(app);
    };
}
