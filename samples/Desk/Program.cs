using Desk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using SafeLaunch;

// A worker: a generic host without a web server. Its three servers are launches.
var builder = Host.CreateApplicationBuilder(args);

// An API, on a free port. It is started again when it crashes, on the same port.
builder.Services.AddLaunch("api", Api.RunAsync)
    .Configure(options => options.UseLoopback())
    .Supervised();

// A whole Blazor program, unchanged. It starts when the API is ready, and is given the address of the API.
builder.Services.AddLaunchForProgram<DeskUi.Components.App>("ui")
    .After("api")
    .Configure((services, options) => options.UseLoopback()
        .Configuration["Api"] = services.GetRequiredKeyedService<LaunchHandle>("api").Address.ToString())
    .Supervised();

// The page on which people see the launches, with health and metrics beside it.
builder.Services.AddLaunch("desk", FrontDesk.Run)
    .Configure((services, options) => options
        .UseUrls(builder.Configuration["Desk"] ?? "http://127.0.0.1:5050")
        .GuardAccess()
        .ConfigureServices(desk => FrontDesk.HandOver(services, desk)));

builder.Services.AddHealthChecks().AddLaunches();
builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
    .AddMeter("SafeLaunch", "Microsoft.AspNetCore.Hosting")
    .AddPrometheusExporter());
builder.Services.AddHostedService<Worker>();

await builder.Build().RunAsync();
