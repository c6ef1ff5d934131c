using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Logging;
using SafeLaunch.Frameworks;
using SafeLaunch.Requests;

namespace SafeLaunch.Servers;

/// <summary>The defaults of a server of a test: a free loopback port, and the output of the tests instead of the console.</summary>
internal static class TestDefaults
{
    public static void AddTo(LaunchOptions options, TestLoggerProvider provider, RequestReceiver receiver)
    {
        options.UseLoopback().ConfigureServices(services =>
        {
            foreach (var console in services.Where(IsConsoleLogger).ToArray())
            {
                services.Remove(console);
            }

            services.AddSingleton<ILoggerProvider>(provider);
            services.AddSingleton<IStartupFilter>(receiver);
            TestAuthentication.AddTo(services);
        });

        static bool IsConsoleLogger(ServiceDescriptor service) =>
            !service.IsKeyedService && service.ImplementationType == typeof(ConsoleLoggerProvider);
    }
}
