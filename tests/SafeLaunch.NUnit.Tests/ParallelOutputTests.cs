namespace SafeLaunch.NUnit.Tests;

/// <summary>Tests that run at the same time and share a server: none of them sees the lines of another's requests.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ParallelOutputTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>();
    private static readonly TaskCompletionSource[] Arrivals = [Gate.NewSource(), Gate.NewSource()];
    private static readonly TaskCompletionSource[] Ends = [Gate.NewSource(), Gate.NewSource()];

    private HttpClient? client;

    [OneTimeSetUp]
    public async Task Start()
    {
        await Server.StartAsync();
        this.client = Server.CreateClient();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        this.client!.Dispose();
        await Server.DisposeAsync();
    }

    [Test]
    public async Task The_lines_of_each_request_go_to_the_test_that_sent_it([Values(0, 1)] int me)
    {
        // Both are there before either sends, and both have sent before either looks.
        Arrivals[me].SetResult();
        await Arrivals[1 - me].Task.Within();
        for (var i = 0; i < 20; i++)
        {
            await this.client!.GetStringAsync($"/log/parcel-{me}").Within();
        }

        Ends[me].SetResult();
        await Ends[1 - me].Task.Within();

        var output = CurrentTest.Output;
        Assert.That(output.Split('\n').Count(line => line.Contains($"Asked for parcel-{me}.", StringComparison.Ordinal)), Is.EqualTo(20));
        Assert.That(output, Does.Not.Contain($"parcel-{1 - me}"));
    }
}
