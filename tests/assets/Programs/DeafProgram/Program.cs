// It does not hand its arguments on.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();

var app = builder.Build();
app.MapGet("/name", (IHostEnvironment environment) => environment.ApplicationName);
app.Run();
