using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch;
using ServiceProgram;

// A service for the tests, which start it as a separate process and command it by the lines of its input.
var service = new Service();
switch (args[0])
{
    case "run":
        Console.WriteLine(Launcher.For(service.Run, Service.Configure).NotifySystemd().Run());
        break;
    case "supervised":
        Console.WriteLine(Launcher.For(service.Run, Service.Configure).Supervised(options => options.Delay = TimeSpan.Zero).NotifySystemd().Run());
        break;
    case "host" or "early host":
        var builder = Host.CreateApplicationBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.Services.AddLaunch("service", service.Run).Configure(Service.Configure)
            .StartWhen(args[0].Equals("host", StringComparison.Ordinal) ? LaunchStart.AfterStarted : LaunchStart.BeforeServices);
        builder.Services.AddSystemdNotifications();
        await builder.Build().RunAsync();
        Console.WriteLine("The host has ended.");
        break;
    default:
        throw new ArgumentException($"Unknown: {args[0]}", nameof(args));
}
