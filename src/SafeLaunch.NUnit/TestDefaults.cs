using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace SafeLaunch;

/// <summary>What every server of a test has: a free loopback port, and the tests' output in place of the console.</summary>
internal static class TestDefaults
{
    /// <summary>Lays them under what the options hold already, so that the fixture has the last word.</summary>
    public static void LayUnder(LaunchOptions options, TestOutput output)
    {
        var provider = new TestLoggerProvider(options.Name, output);
        var defaults = new LaunchOptions().UseLoopback();
        defaults.ConfigureLaunchedHost += host => host.ConfigureServices((_, services) =>
        {
            foreach (var console in services.Where(IsConsoleLogger).ToArray())
            {
                services.Remove(console);
            }

            services.AddSingleton<ILoggerProvider>(provider);
            services.AddSingleton<IStartupFilter>(new TestRequests.Receiver(output));
        });

        options.ConfigureLaunchedHost = defaults.ConfigureLaunchedHost + options.ConfigureLaunchedHost;
        options.LaunchedHostStarted = defaults.LaunchedHostStarted + options.LaunchedHostStarted;
        options.LoggerFactory ??= LoggerFactory.Create(logging => logging.AddProvider(provider));

        static bool IsConsoleLogger(ServiceDescriptor service) =>
            !service.IsKeyedService && service.ImplementationType == typeof(ConsoleLoggerProvider);
    }
}
