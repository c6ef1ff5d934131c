namespace MinimalApp;

/// <summary>A small web app as everybody writes it, silent.</summary>
public static class App
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => "Hello");
        return app;
    }
}
