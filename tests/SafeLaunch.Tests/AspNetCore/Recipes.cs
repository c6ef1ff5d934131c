using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet.Server;

namespace SafeLaunch.Tests.AspNetCore;

/// <summary>The snippets of docs/wrapping.md as they stand there, each in a separate method.</summary>
internal static class Recipes
{
    public static Task<LaunchHandle> AppBuiltInside()
    {
        var handle = Launcher.Start(
            () =>
            {
                var app = WebApplication.Create();
                app.MapGet("/", () => "Hello");
                app.Run();
            },
            new LaunchOptions().UseLoopback());
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> AppCaptured()
    {
        var app = WebApplication.Create();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", () => "Hello");
        var handle = Launcher.Start(() => app.Run(), new LaunchOptions().ReportAddresses());
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> ProgramMain()
    {
        string[] args = [];
        var handle = Launcher.Start(() => Program.Main(args), new LaunchOptions().UseLoopback());
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> WholeProgram()
    {
        var handle = Launcher.ForProgram("TopLevelProgram", options =>
        {
            options.Environment = "Staging";
            options.UseLoopback();
        }).Start();
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> ClassLibrary()
    {
        var handle = Launcher.Start(() => Server.Launch(), new LaunchOptions().UseLoopback());
        return Task.FromResult(handle);
    }

    public static async Task<LaunchHandle> Asynchronous()
    {
        var handle = await Launcher.StartAsync(
            async () =>
            {
                await using var app = WebApplication.Create();
                app.MapGet("/", () => "Hello");
                await app.RunAsync();
            },
            new LaunchOptions().UseLoopback());
        return handle;
    }

    public static Task<LaunchHandle> ReturnedServer()
    {
        var port = FreePort();
        var handle = Launcher.Start(
            () =>
            {
                var server = new MqttServerFactory().CreateMqttServer(
                    new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(port).Build());
                server.StartAsync().GetAwaiter().GetResult();
                return server;
            },
            new LaunchOptions { ReadyWhen = Ready.Tcp(port) });
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> HttpListenerLoop()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var listener = new HttpListener();
        listener.Prefixes.Add(address.ToString());
        var handle = Launcher.Start(
            () =>
            {
                listener.Start();
                while (Next(listener) is { } context)
                {
                    context.Response.Close("Hello"u8.ToArray(), willBlock: true);
                }
            },
            new LaunchOptions
            {
                ReadyWhen = Ready.Http(address),
                StopWith = _ => Task.Run(listener.Stop),
            });
        return Task.FromResult(handle);

        static HttpListenerContext? Next(HttpListener listener)
        {
            try
            {
                return listener.GetContext();
            }
            catch (Exception e) when (e is HttpListenerException or InvalidOperationException)
            {
                // It was stopped, while this waited or before.
                return null;
            }
        }
    }

    public static Task<LaunchHandle> TcpListenerLoop()
    {
        var handle = Launcher.Start(async launch =>
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            launch.SignalReady(new Uri($"tcp://{listener.LocalEndpoint}"));
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(launch.Stopping);
                await client.GetStream().WriteAsync("Hello"u8.ToArray());
            }
        });
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> LegacyWebHost()
    {
        var handle = Launcher.Start(
            () => new WebHostBuilder()
                .UseKestrel()
                .Configure(app => app.Run(context => context.Response.WriteAsync("Hello")))
                .Build()
                .Run(),
            new LaunchOptions().UseLoopback());
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> Overlaid()
    {
        var options = new LaunchOptions { Configuration = { ["Greeting"] = "Hello" } }
            .ConfigureServices(services => services.AddSingleton(TimeProvider.System))
            .OnAppHostStarted((_, host) => Console.Error.WriteLine(host.Services.GetRequiredService<IHostEnvironment>().EnvironmentName))
            .UseLoopback();
        return Launcher.StartAsync(() => Server.Launch(), options);
    }

    public static Task<LaunchHandle> StoppedByARequest()
    {
        LaunchHandle? handle = null;
        handle = Launcher.Start(
            () =>
            {
                var app = WebApplication.Create();
                app.MapPost("/stop", () => handle?.RequestStop());
                app.Run();
            },
            new LaunchOptions().UseLoopback());
        return Task.FromResult(handle);
    }

    private static int FreePort() => TakenPort.ThatIsFreeAgain();

    private static class Program
    {
#pragma warning disable CS0028 // It is not to be the entry point of the tests.
        public static void Main(IEnumerable<string> args)
#pragma warning restore CS0028
        {
            var builder = WebApplication.CreateSlimBuilder([.. args]);
            builder.Logging.ClearProviders();
            builder.Build().Run();
        }
    }

    private static class Server
    {
        public static void Launch() => Program.Main([]);
    }
}
