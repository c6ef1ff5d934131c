using BlazorApp;
using BlazorApp.Components;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddSingleton<ClickCounter>();
builder.Services.AddRazorComponents()
    .AddInteractiveServerComponents();

var app = builder.Build();

app.UseAntiforgery();

app.MapStaticAssets();
app.MapRazorComponents<App>()
    .AddInteractiveServerRenderMode();

app.Run();
