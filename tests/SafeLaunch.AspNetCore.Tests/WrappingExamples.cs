using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet.Server;

namespace SafeLaunch.AspNetCore.Tests;

/// <summary>The snippets of docs/wrapping.md as they stand there, each in a separate method.</summary>
internal static class WrappingExamples
{
    public static Task<LaunchHandle> AppBuiltInside()
    {
        var handle = Launcher.For(
            () =>
            {
                var app = WebApplication.Create();
                app.MapGet("/", () => "Hello");
                app.Run();
            },
            options => options.UseLoopback()).Start();
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> AppCaptured()
    {
        var app = WebApplication.Create();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", () => "Hello");
        var handle = Launcher.For(() => app.Run(), options => options.ReportAddresses()).Start();
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> ProgramMain()
    {
        string[] args = [];
        var handle = Launcher.For(() => Program.Main(args), options => options.UseLoopback()).Start();
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
        var handle = Launcher.For(() => Server.Launch(), options => options.UseLoopback()).Start();
        return Task.FromResult(handle);
    }

    public static async Task<LaunchHandle> Asynchronous()
    {
        var handle = await Launcher.For(
            async () =>
            {
                await using var app = WebApplication.Create();
                app.MapGet("/", () => "Hello");
                await app.RunAsync();
            },
            options => options.UseLoopback()).StartAsync();
        return handle;
    }

    public static Task<LaunchHandle> ReturnedServer()
    {
        var port = FreePort();
        var handle = Launcher.For(
            () =>
            {
                var server = new MqttServerFactory().CreateMqttServer(
                    new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(port).Build());
                server.StartAsync().GetAwaiter().GetResult();
                return server;
            },
            options => options.ReadyWhen(Ready.Tcp(port))).Start();
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> HttpListenerLoop()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var listener = new HttpListener();
        listener.Prefixes.Add(address.ToString());
        var handle = Launcher.For(
            launch =>
            {
                listener.Start();
                launch.SignalReady(address);
                while (Next(listener) is { } context)
                {
                    context.Response.Close("Hello"u8.ToArray(), willBlock: true);
                }
            },
            options => options.StopWith(_ => Task.Run(listener.Close))).Start();
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
        var handle = Launcher.For(async launch =>
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            launch.SignalReady(new Uri($"tcp://{listener.LocalEndpoint}"));
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(launch.Stopping);
                await client.GetStream().WriteAsync("Hello"u8.ToArray());
            }
        }).Start();
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> LegacyWebHost()
    {
        var handle = Launcher.For(
            () => new WebHostBuilder()
                .UseKestrel()
                .Configure(app => app.Run(context => context.Response.WriteAsync("Hello")))
                .Build()
                .Run(),
            options => options.UseLoopback()).Start();
        return Task.FromResult(handle);
    }

    public static Task<LaunchHandle> WithOptionsOnTop()
    {
        Action<LaunchOptions> configure = options =>
        {
            options.Configuration["Greeting"] = "Hello";
            options.ConfigureServices(services => services.AddSingleton(TimeProvider.System));
            options.OnAppHostStarted((_, host) => Console.Error.WriteLine(host.Services.GetRequiredService<IHostEnvironment>().EnvironmentName));
            options.UseLoopback();
        };
        return Launcher.For(() => Server.Launch(), configure).StartAsync();
    }

    public static Task<LaunchHandle> StoppedByARequest()
    {
        LaunchHandle? handle = null;
        handle = Launcher.For(
            () =>
            {
                var app = WebApplication.Create();
                app.MapPost("/stop", () => handle?.RequestStop());
                app.Run();
            },
            options => options.UseLoopback()).Start();
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
