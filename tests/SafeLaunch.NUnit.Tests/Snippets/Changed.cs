using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.NUnit.Tests.Snippets;

public sealed class Changed
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(
        options =>
        {
            options.Environment = "Testing";
            options.Args.Add("--Verbose=true");
            options.Configuration["Greeting"] = "Hello from the test";
            options.ConfigureServices(services => services.AddSingleton(TimeProvider.System));
            options.StopTimeout = TimeSpan.FromSeconds(5);
        });

    [OneTimeSetUp]
    public async Task Start() => await Server.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task A_server_has_its_client_its_address_and_its_services()
    {
        var client = Server.CreateClient();               // a new client for each call
        var address = Server.Address;                     // for a browser
        var services = Server.Services;                   // those of the app
        var name = await Server.Handle.InvokeAsync(       // on the launch thread
            () => Thread.CurrentThread.Name);

        Assert.That(await client.GetStringAsync(address), Is.EqualTo("Hello from the test"));
        Assert.That(services.GetRequiredService<IHostEnvironment>().EnvironmentName, Is.EqualTo("Testing"));
        Assert.That(name, Is.EqualTo("ShopProgram"));
    }

    [Test]
    public async Task Delegates()
    {
        var fromDelegate = LaunchedServer.For(() => Shop.Run());
        var withContext = LaunchedServer.For(launch => Shop.RunAsync(launch.Stopping));

        foreach (var server in new[] { fromDelegate, withContext })
        {
            Assert.That((await server.StartAsync()).State, Is.EqualTo(LaunchState.Running));
            await server.DisposeAsync();
        }
    }

    private static class Shop
    {
        public static void Run() => Host.CreateEmptyApplicationBuilder(settings: null).Build().Run();

        public static Task RunAsync(CancellationToken cancellationToken) => Host.CreateEmptyApplicationBuilder(settings: null).Build().RunAsync(cancellationToken);
    }
}
