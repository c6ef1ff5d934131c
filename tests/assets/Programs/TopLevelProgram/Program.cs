var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();

var app = builder.Build();
app.MapGet("/environment", (IHostEnvironment environment) => environment.EnvironmentName);
app.MapGet("/content-root", (IHostEnvironment environment) => environment.ContentRootPath);
app.MapGet("/configuration/{key}", (string key, IConfiguration configuration) => configuration[key]);
app.MapPost("/stop", (IHostApplicationLifetime lifetime) => lifetime.StopApplication());
app.Run();
