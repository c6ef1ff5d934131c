// The page that the window of samples/Desktop starts and stops.
var app = WebApplication.CreateSlimBuilder(args).Build();
app.MapGet("/", () => $"Hello from .NET {Environment.Version.Major}");
app.Run();
