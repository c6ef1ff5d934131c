using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Servers;
using ShopProgram;

namespace SafeLaunch.NUnit.Tests;

/// <summary>What a fixture can change and reach without touching the app.</summary>
public sealed class OverridingTests
{
    private static readonly Special TheSpecial = new();

    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(
        options =>
        {
            options.Name = "overridden";
            options.Environment = "Testing";
            options.Configuration["Early"] = "bird";
            options.Configuration["Greeting"] = "Hello from the fixture";
            options.ConfigureServices(services => services.AddSingleton<Closing>(TheSpecial));
        });

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task The_fixture_overrides_the_configuration() =>
        Assert.That(await Server.CreateClient().GetStringAsync("/").Within(), Is.EqualTo("Hello from the fixture"));

    [Test]
    public void The_fixture_overrides_a_service_of_the_app() =>
        Assert.That(Server.Start().Services.GetRequiredService<Closing>(), Is.SameAs(TheSpecial));

    [Test]
    public async Task The_fixture_sets_the_environment() =>
        Assert.That(await Server.CreateClient().GetStringAsync("/environment").Within(), Is.EqualTo("Testing"));

    [Test]
    public async Task The_fixture_overrides_configuration_that_the_program_reads_before_it_builds_its_host() =>
        Assert.That(await Server.CreateClient().GetStringAsync("/early").Within(), Is.EqualTo("bird"));

    [Test]
    public async Task The_content_root_is_the_folder_of_the_project()
    {
        var contentRoot = await Server.CreateClient().GetStringAsync("/content-root").Within();

        Assert.That(Path.Combine(contentRoot, "ShopProgram.csproj"), Does.Exist);
    }

    [Test]
    public async Task A_fixture_can_set_the_content_root()
    {
        await using var elsewhere = LaunchedServer.For<Program>(options => options.ContentRoot = AppContext.BaseDirectory);

        var contentRoot = await elsewhere.CreateClient().GetStringAsync("/content-root").Within();

        Assert.That(Path.TrimEndingDirectorySeparator(contentRoot), Is.EqualTo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));
    }

    [Test]
    public async Task A_client_of_a_server_that_requires_a_token_brings_it()
    {
        await using var guarded = LaunchedServer.For<Program>(options => options.GuardAccess(guard => guard.RequireToken = true));
        using var client = guarded.CreateClient();
        using var stranger = new HttpClient();

        using var answer = await client.GetAsync("/environment").Within();
        using var refusal = await stranger.GetAsync(client.BaseAddress).Within();

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That((int)refusal.StatusCode, Is.EqualTo(401));
    }

    [Test]
    public void A_program_whose_project_is_not_noted_gets_no_folder_from_the_tests() =>
        Assert.That(ContentRoot.Of(typeof(LaunchedServer).Assembly.GetReferencedAssemblies().Select(System.Reflection.Assembly.Load).First()), Is.Null);

    [Test]
    public async Task A_test_runs_code_on_the_launch_thread() =>
        Assert.That(await Server.Start().InvokeAsync(() => Thread.CurrentThread.Name).Within(), Is.EqualTo("overridden"));

    [Test]
    public void The_address_is_on_a_free_port_of_the_loopback()
    {
        Assert.That(Server.Start().Address.Host, Is.EqualTo("127.0.0.1"));
        Assert.That(Server.Address.Port, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_fixture_that_configures_the_app_host_keeps_the_free_port()
    {
        await using var server = LaunchedServer.For<Program>(options => options.ConfigureAppHost(_ => { }));

        Assert.That(await server.CreateClient().GetStringAsync("/").Within(), Is.EqualTo("Hello from appsettings"));
    }

    [Test]
    public async Task A_program_is_launched_by_the_name_of_its_assembly()
    {
        await using var server = LaunchedServer.For(typeof(Program).Assembly.GetName().Name!);

        Assert.That(await server.CreateClient().GetStringAsync("/").Within(), Is.EqualTo("Hello from appsettings"));
    }

    [Test]
    public async Task The_fixture_can_ask_for_other_addresses()
    {
        await using var server = LaunchedServer.For<Program>(options => options.UseUrls("http://[::1]:0"));

        Assert.That(server.Start().Address.Host, Is.EqualTo("[::1]"));
    }

    [Test]
    public async Task A_server_without_a_host_has_an_address_and_no_services()
    {
        await using var server = LaunchedServer.For(
            launch =>
            {
                launch.SignalReady(new Uri("tcp://localhost:7"));
                launch.Stopping.WaitHandle.WaitOne();
            });
        await server.StartAsync().Within();

        Assert.That(server.Address.Port, Is.EqualTo(7));
        Assert.That(() => server.Services, Throws.InstanceOf<LaunchException>().With.Message.Contains("'server' has no generic host"));
    }

    [Test]
    public async Task A_server_is_made_of_a_delegate_of_any_kind()
    {
        var disposed = Gate.NewSource();
        LaunchedServer[] servers =
        [
            LaunchedServer.For(() => Host.CreateEmptyApplicationBuilder(settings: null).Build().Run()),
            LaunchedServer.For(() => Host.CreateEmptyApplicationBuilder(settings: null).Build().RunAsync()),
            LaunchedServer.For(() => new Disposable(disposed)),
        ];
        foreach (var server in servers)
        {
            Assert.That((await server.StartAsync().Within()).State, Is.EqualTo(LaunchState.Running));
            await server.DisposeAsync();
        }

        Assert.That(disposed.Task.IsCompleted, Is.True);
    }

    [Test]
    public void An_assembly_that_is_no_program_is_refused_at_once() =>
        Assert.That(() => LaunchedServer.For<LaunchedServer>(), Throws.ArgumentException.With.Message.Contains("has no entry point"));

    [Test]
    public void LaunchedServer_refuses_bad_arguments()
    {
        Assert.That(() => LaunchedServer.For<Program>(options => options.Environment = "").Start(), Throws.ArgumentException.With.Message.Contains("Environment"));
        Assert.That(() => LaunchedServer.For((Action)null!), Throws.ArgumentNullException);
        Assert.That(() => LaunchedServer.For((Func<object?>)null!), Throws.ArgumentNullException);
        Assert.That(() => LaunchedServer.For((Func<Task>)null!), Throws.ArgumentNullException);
        Assert.That(() => LaunchedServer.ForLauncher(null!), Throws.ArgumentNullException);
        Assert.That(() => new LaunchOptions().ConfigureServices(null!), Throws.ArgumentNullException);
    }

    private sealed class Special : Closing;

    private sealed class Disposable(TaskCompletionSource disposed) : IDisposable
    {
        public void Dispose() => disposed.SetResult();
    }
}
