using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using ShopProgram;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Closing>();
builder.Services.AddSingleton<Backroom>();
builder.Services.AddHostedService(services => services.GetRequiredService<Backroom>());
builder.Services.AddAuthentication("members").AddScheme<AuthenticationSchemeOptions, Membership>("members", configureOptions: null);
builder.Services.AddAuthorization();
var early = builder.Configuration["Early"];

var app = builder.Build();
if (app.Configuration["Address"] is { } address)
{
    app.Urls.Add(address);
}

app.UseStaticFiles();
app.MapGet("/", (IConfiguration configuration) => configuration["Greeting"]);
app.MapGet("/early", () => early);
app.MapGet("/environment", (IHostEnvironment environment) => environment.EnvironmentName);
app.MapGet("/content-root", (IHostEnvironment environment) => environment.ContentRootPath);
app.MapGet("/members", (ClaimsPrincipal user) => user.Identity?.Name).RequireAuthorization();
app.MapGet("/log/{text}", (string text) => app.Logger.LogInformation("Asked for {Text}.", text));
if (app.Configuration["Failure"] is { } failure)
{
    app.Logger.LogWarning("The stock is low.");
    throw new InvalidOperationException(failure);
}

var closing = app.Services.GetRequiredService<Closing>();
app.Run();
closing.Finish();
