using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeLaunch.Frameworks;
using ShopProgram;

namespace SafeLaunch.NUnit.Tests;

/// <summary>Where the logs of a server go. These tests need their order: each looks for what came before it.</summary>
public sealed class OutputTests
{
    private static readonly LineWatch Lines = new();

    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(
        options => options.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(Lines)));

    [OneTimeSetUp]
    public async Task StartOutsideOfAllTests()
    {
        Task start;
        using (ExecutionContext.SuppressFlow())
        {
            start = Task.Run(() => Server.StartAsync());
        }

        await start.Within();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await Server.DisposeAsync();
        Lines.Dispose();
    }

    [Test]
    [Order(1)]
    public void Lines_that_came_while_no_test_used_the_server_go_to_the_first_that_does()
    {
        Assert.That(CurrentTest.Output, Does.Not.Contain("Now listening on"));

        Server.Start();

        Assert.That(CurrentTest.Output, Does.Contain("ShopProgram] info Microsoft.Hosting.Lifetime: Now listening on"));
        Assert.That(CurrentTest.Output, Does.Contain("info SafeLaunch.Launcher: Launch 'ShopProgram' is ready"));
    }

    [Test]
    [Order(2)]
    public async Task A_line_between_two_tests_is_kept_for_the_next()
    {
        // The test before is over, and this one has not used the server yet.
        var services = Find(Server);
        services.GetRequiredService<Backroom>().Say("in between");
        await Lines.SeenAsync("Said in between.");
        Assert.That(CurrentTest.Output, Does.Not.Contain("in between"));

        Server.Start();

        Assert.That(CurrentTest.Output, Does.Contain("Said in between.").And.Not.Contain("Now listening on"));
    }

    [Test]
    public async Task A_line_of_no_test_is_kept_though_a_test_has_got_later_ones()
    {
        var output = new TestOutput();
        Task write;
        using (ExecutionContext.SuppressFlow())
        {
            write = Task.Run(() => output.WriteLine("of nobody"));
        }

        await write.Within();
        output.WriteLine("of this test");
        output.Attend();

        Assert.That(CurrentTest.Output.TrimEnd().Split(Environment.NewLine), Is.EqualTo(new[] { "of this test", "of nobody" }));
    }

    [Test]
    public async Task A_line_of_a_request_goes_to_the_test_that_sent_it()
    {
        await Server.CreateClient().GetStringAsync("/log/apples").Within();

        Assert.That(CurrentTest.Output, Does.Contain("info ShopProgram: Asked for apples."));
    }

    [Test]
    public async Task A_line_of_a_request_of_another_client_goes_to_the_test_that_used_the_server_last()
    {
        using var browser = new HttpClient();

        await browser.GetStringAsync(new Uri(Server.Start().Address, "/log/pears")).Within();

        Assert.That(CurrentTest.Output, Does.Contain("info ShopProgram: Asked for pears."));
    }

    [Test]
    public async Task A_line_of_a_background_service_goes_to_the_test_that_used_the_server_last()
    {
        Server.Start().Services.GetRequiredService<Backroom>().Say("something");
        await Lines.SeenAsync("Said something.");

        Assert.That(CurrentTest.Output, Does.Contain("info ShopProgram.Backroom: Said something."));
    }

    [Test]
    public void A_line_in_the_flow_of_the_test_goes_to_the_test()
    {
        Find(Server).GetRequiredService<ILogger<OutputTests>>().LogError(new InvalidOperationException("bad"), "Here.");

        Assert.That(CurrentTest.Output, Does.Contain("fail SafeLaunch.NUnit.Tests.OutputTests: Here.").And.Contain("System.InvalidOperationException: bad"));
    }

    [Test]
    public async Task The_lines_of_a_stop_go_to_the_test_that_stops_the_server()
    {
        var fresh = LaunchedServer.For<Program>(options => options.Name = "fresh");
        await fresh.StartAsync().Within();

        await fresh.DisposeAsync();

        Assert.That(CurrentTest.Output, Does.Contain("fresh] info SafeLaunch.Launcher: Launch 'fresh' has ended. Stopped"));
    }

    [Test]
    public void The_console_is_left_to_the_tests() =>
        Assert.That(Server.Start().Services.GetServices<ILoggerProvider>().Select(provider => provider.GetType().Name), Has.None.EqualTo("ConsoleLoggerProvider"));

    /// <summary>As code that has the services from another place, which does not count as a use of the server.</summary>
    private static IServiceProvider Find(LaunchedServer server)
    {
        IServiceProvider? services = null;
        Task find;
        using (ExecutionContext.SuppressFlow())
        {
            find = Task.Run(() => services = server.Start().Services);
        }

        find.GetAwaiter().GetResult();
        return services!;
    }

    /// <summary>Tells when a line has been logged, by this provider that comes after the one under test.</summary>
    private sealed class LineWatch : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, TaskCompletionSource> lines = new(StringComparer.Ordinal);

        public Task SeenAsync(string line) => this.Of(line).Task.Within();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            this.Of(formatter(state, exception)).TrySetResult();

        public void Dispose()
        {
        }

        private TaskCompletionSource Of(string line) => this.lines.GetOrAdd(line, _ => Gate.NewSource());
    }
}
