using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Testing.Tests.Snippets;

public sealed class Prepared
{
    private static readonly LaunchedServer Server = LaunchedServer
        .For<Program>(options => options.ConfigureServices(services => services.AddSingleton<Orders>()))
        .BeforeEachTest(handle => handle.Services.GetRequiredService<Orders>().DeleteAllAsync())
        .RecordTraces();

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task The_user_of_a_client_has_signed_in()
    {
        using var client = Server.CreateClient(user: "alice", roles: ["admin"]);
        Assert.That(await client.GetStringAsync("/members"), Is.EqualTo("alice"));
    }

    [Test]
    public async Task The_orders_are_deleted_before_each_test_and_its_spans_are_recorded()
    {
        Assert.That((await Server.StartAsync()).Services.GetRequiredService<Orders>().Deletions, Is.Positive);
        await Server.CreateClient().GetStringAsync("/");

        foreach (var span in Server.Traces)
        {
            TestContext.Out.WriteLine($"{span.OperationName} {span.Duration}");
        }

        Assert.That(Server.Traces, Is.Not.Empty);
    }

    private sealed class Orders
    {
        public int Deletions { get; private set; }

        public Task DeleteAllAsync()
        {
            this.Deletions++;
            return Task.CompletedTask;
        }
    }
}
