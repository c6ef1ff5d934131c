using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ShopProgram;

namespace SafeLaunch.NUnit.Tests.SideBySide;

/// <summary>The same small program under a launched server and under WebApplicationFactory, and what each makes of it.</summary>
public sealed class SideBySideTests
{
    private static readonly AsyncLocal<string?> OfTheTest = new();

    [Test]
    public async Task A_launched_server_and_a_factory_serve_the_program_on_a_free_port_from_the_folder_of_its_project()
    {
        await using var server = LaunchedServer.For<Program>();
        await using var factory = new KestrelFactory();

        foreach (var client in new[] { server.CreateClient(), factory.CreateClient() })
        {
            Assert.That(client.BaseAddress!.Port, Is.GreaterThan(0));
            Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("Hello from appsettings"));
            Assert.That(await client.GetStringAsync("/hello.txt").Within(), Does.StartWith("from wwwroot"));
            Assert.That(await client.GetStringAsync("/environment").Within(), Is.EqualTo("Development"));
        }
    }

    [Test]
    public async Task A_launched_server_and_a_factory_override_environment_configuration_and_services()
    {
        var closing = new Closing();
        await using var server = LaunchedServer.For<Program>(
            options =>
            {
                options.Environment = "Testing";
                options.Configuration["Greeting"] = "Hi";
                options.Configuration["Early"] = "bird";
                options.ConfigureServices(services => services.AddSingleton(closing));
            });
        await using var factory = new KestrelFactory(builder => builder
            .UseEnvironment("Testing")
            .UseSetting("Early", "bird")
            .UseSetting("Greeting", "Hi")
            .ConfigureTestServices(services => services.AddSingleton(closing)));

        foreach (var (client, services) in new[] { (server.CreateClient(), server.Services), (factory.CreateClient(), factory.Services) })
        {
            Assert.That(await client.GetStringAsync("/environment").Within(), Is.EqualTo("Testing"));
            Assert.That(await client.GetStringAsync("/early").Within(), Is.EqualTo("bird"));
            Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("Hi"));
            Assert.That(services.GetRequiredService<Closing>(), Is.SameAs(closing));
        }
    }

    [Test]
    public void A_launched_server_and_a_factory_throw_the_exception_of_the_program()
    {
        using var factory = new KestrelFactory(builder => builder.UseSetting("Failure", "Nothing to sell."));
        var server = LaunchedServer.For<Program>(options => options.Configuration["Failure"] = "Nothing to sell.");

        Assert.That(() => server.StartAsync().Within(), Throws.InvalidOperationException.With.Message.EqualTo("Nothing to sell."));
        Assert.That(() => factory.StartServer(), Throws.InvalidOperationException.With.Message.EqualTo("Nothing to sell."));
    }

    [Test]
    public async Task Only_the_factory_serves_without_a_socket()
    {
        await using var factory = new WebApplicationFactory<Program>();
        using var client = factory.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("Hello from appsettings"));
        Assert.That(factory.Services.GetRequiredService<IServer>(), Is.InstanceOf<Microsoft.AspNetCore.TestHost.TestServer>());
    }

    [Test]
    public async Task A_launched_server_and_a_factory_move_a_program_that_adds_an_address_itself()
    {
        using var taken = new TakenPort();
        await using var server = LaunchedServer.For<Program>(options => options.Configuration["Address"] = taken.Url);
        await using var factory = new KestrelFactory(builder => builder.UseSetting("Address", taken.Url));

        Assert.That(await server.CreateClient().GetStringAsync("/").Within(), Is.EqualTo("Hello from appsettings"));
        Assert.That(await factory.CreateClient().GetStringAsync("/").Within(), Is.EqualTo("Hello from appsettings"));
    }

    [Test]
    public async Task Only_a_launched_server_moves_a_program_that_configures_the_endpoints_of_Kestrel()
    {
        const string Endpoint = "Kestrel:Endpoints:Http:Url";
        using var taken = new TakenPort();
        await using var server = LaunchedServer.For<Program>(options => options.Args.Add($"--{Endpoint}={taken.Url}"));
        await using var factory = new KestrelFactory(builder => builder.UseSetting(Endpoint, taken.Url));

        Assert.That(await server.CreateClient().GetStringAsync("/").Within(), Is.EqualTo("Hello from appsettings"));
        Assert.That(() => factory.StartServer(), Throws.InstanceOf<IOException>().With.Message.Contains("address already in use"));
    }

    [Test]
    public async Task Only_a_launched_server_never_races_with_the_program_for_its_addresses()
    {
        await using var server = LaunchedServer.For<Program>();
        await using var factory = new SlowFactory();
        factory.UseKestrel(0);

        Assert.That(() => factory.StartServer(), Throws.InvalidOperationException.With.Message.Contains("cannot be modified after the server has started"));
        Assert.That(await server.CreateClient().GetStringAsync("/").Within(), Is.EqualTo("Hello from appsettings"));
    }

    [Test]
    public async Task Only_a_launched_server_is_made_of_a_delegate()
    {
        await using var server = LaunchedServer.For(() => Host.CreateEmptyApplicationBuilder(settings: null).Build().Run());
        using var factory = new WebApplicationFactory<LaunchedServer>();

        Assert.That((await server.StartAsync().Within()).State, Is.EqualTo(LaunchState.Running));
        Assert.That(() => factory.Services, Throws.InvalidOperationException);
    }

    [Test]
    public async Task Only_a_launched_server_waits_for_the_end_of_the_program()
    {
        using var gate = new ManualResetEventSlim();
        var launched = new SlowClosing(gate);
        var made = new SlowClosing(gate);
        var server = LaunchedServer.For<Program>(options => options.ConfigureServices(services => services.AddSingleton<Closing>(launched)));
        await server.StartAsync().Within();
        var factory = new KestrelFactory(builder => builder.ConfigureTestServices(services => services.AddSingleton<Closing>(made)));
        factory.StartServer();

        await factory.DisposeAsync().AsTask().Within();
        var stop = server.DisposeAsync().AsTask();
        Assert.That(made.IsFinished, Is.False);
        Assert.That(stop.IsCompleted, Is.False);
        gate.Set();
        await stop.Within();

        Assert.That(launched.IsFinished, Is.True);
        await made.Finished.Within();
    }

    [Test]
    public async Task Only_a_launched_server_stops_each_service_once()
    {
        var server = LaunchedServer.For<Program>();
        var launched = server.Start().Services.GetRequiredService<Backroom>();
        var factory = new KestrelFactory();
        var made = factory.Services.GetRequiredService<Backroom>();

        await server.DisposeAsync();
        await factory.DisposeAsync();

        Assert.That(launched.Stops, Is.EqualTo(1));
        Assert.That(made.Stops, Is.GreaterThan(1));
    }

    [Test]
    public async Task Only_a_launched_server_keeps_ambient_values_of_the_test_out()
    {
        OfTheTest.Value = "test";
        string? launched = "nothing yet", made = "nothing yet";
        await using var server = LaunchedServer.For<Program>(options => options.ConfigureServices(_ => launched = OfTheTest.Value));
        await using var factory = new KestrelFactory(builder => builder.ConfigureTestServices(_ => made = OfTheTest.Value));

        await server.StartAsync().Within();
        factory.StartServer();

        Assert.That(launched, Is.Null);
        Assert.That(made, Is.EqualTo("test"));
    }

    [Test]
    public async Task Only_a_launched_server_leaves_the_signals_of_the_console_alone()
    {
        await using var server = LaunchedServer.For<Program>();
        await using var factory = new KestrelFactory();

        Assert.That(server.Start().Services.GetRequiredService<IHostLifetime>().GetType().Name, Is.EqualTo("SilentLifetime"));
        Assert.That(factory.Services.GetRequiredService<IHostLifetime>().GetType().Name, Is.EqualTo("ConsoleLifetime"));
    }

    [Test]
    public async Task Only_a_launched_server_logs_to_the_test_that_sent_the_request()
    {
        await using var server = LaunchedServer.For<Program>();
        await using var factory = new KestrelFactory();

        // By other code, such as a set-up or the first of many tests.
        Task start;
        using (ExecutionContext.SuppressFlow())
        {
            start = Task.Run(() => (server.Start(), factory.Services));
        }

        await start.Within();
        await factory.CreateClient().GetStringAsync("/log/apples").Within();
        await server.CreateClient().GetStringAsync("/log/pears").Within();

        // Which writes what its console logger still holds.
        await factory.DisposeAsync();
        Assert.That(CurrentTest.Output, Does.Contain("Asked for pears.").And.Not.Contain("apples"));
    }

    [Test]
    public async Task Only_a_launched_server_can_be_started_again()
    {
        var server = LaunchedServer.For<Program>();
        var factory = new KestrelFactory();
        _ = (server.Start(), factory.Services);
        await server.DisposeAsync();
        await factory.DisposeAsync();

        Assert.That(await server.CreateClient().GetStringAsync("/").Within(), Is.EqualTo("Hello from appsettings"));
        Assert.That(() => factory.CreateClient().GetStringAsync("/").Within(), Throws.Exception);
        await server.DisposeAsync();
    }

    [Test]
    public async Task The_factory_does_not_say_why_its_server_has_gone()
    {
        await using var factory = new KestrelFactory();
        using var client = factory.CreateClient();
        var ended = Gate.NewSource();
        factory.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(ended.SetResult);

        factory.Services.GetRequiredService<Backroom>().Break(new InvalidOperationException("Out of stock."));
        await ended.Task.Within();

        Assert.That(() => client.GetStringAsync("/").Within(), Throws.Exception.With.Property(nameof(Exception.StackTrace)).Not.Contains("Out of stock."));
    }

    private sealed class SlowClosing(ManualResetEventSlim gate) : Closing
    {
        private readonly TaskCompletionSource finished = Gate.NewSource();

        public bool IsFinished => this.finished.Task.IsCompleted;

        public Task Finished => this.finished.Task;

        public override void Finish()
        {
            gate.Wait(Gate.Patience);
            this.finished.SetResult();
        }
    }
}
