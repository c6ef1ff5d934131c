using DeskUi.Components;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddHttpClient("api", client => client.BaseAddress = new Uri(builder.Configuration["Api"]!));
builder.Services.AddRazorComponents()
    .AddInteractiveServerComponents();

var app = builder.Build();

app.UseAntiforgery();

app.MapStaticAssets();
app.MapRazorComponents<App>()
    .AddInteractiveServerRenderMode();

await app.RunAsync();
