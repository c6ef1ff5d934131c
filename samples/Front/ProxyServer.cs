using Yarp.ReverseProxy.Forwarder;

namespace Front;

/// <summary>The server that is there all the time, and passes each request on.</summary>
internal static class ProxyServer
{
    public static void Run(BlueGreen backends)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        app.Map("/{**path}", async context =>
        {
            var backend = backends.BeginRequest();
            try
            {
                await forwarder.SendAsync(context, backend.Address.ToString(), backend.Sender);
            }
            finally
            {
                backend.EndRequest();
            }
        });
        app.Run();
    }
}
