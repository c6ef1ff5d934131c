using System.Reflection;
using System.Runtime.Loader;
using Nito.AsyncEx;
using UnreferencedProgram;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
Answer("/visits", () => Visits.Add());
Answer("/name", () => app.Environment.ApplicationName);
Answer("/content-root", () => app.Environment.ContentRootPath);
Answer("/greeting", () => app.Configuration["Greeting"]);
Answer("/startup", () => app.Configuration["Startup"]);
Answer("/entry", () => Assembly.GetEntryAssembly()!.GetName().Name);
Answer("/context-of-nito", () => ContextOf(typeof(AsyncContext)));
Answer("/context-of-hosting", () => ContextOf(typeof(IHost)));
if (app.Configuration["Leaves"] is "a handler")
{
    Leftovers.Subscribe();
}

if (app.Configuration["Leaves"] is "an unloading")
{
    Leftovers.FailUnloading();
}

if (app.Configuration["Leaves"] is "a thread")
{
    app.Start();
    Leftovers.WaitForGate();
}

app.Run();

void Answer(string path, Func<object?> answer) => app.MapGet(path, context => context.Response.WriteAsync($"{answer()}"));

static string? ContextOf(Type type) => AssemblyLoadContext.GetLoadContext(type.Assembly)?.Name;
