// A page that a process of another runtime shows. It brings SafeLaunch, since that process has other builds of it.
var app = WebApplication.CreateSlimBuilder(args).Build();
app.MapGet("/", () => $"{app.Configuration["Greeting"]} {Environment.Version.Major}");
app.Run();
