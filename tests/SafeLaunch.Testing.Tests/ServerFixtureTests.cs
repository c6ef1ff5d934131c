namespace SafeLaunch.Testing.Tests;

/// <summary>What a fixture that derives from <see cref="ServerFixture{TProgram}"/> can add to its end, by whichever way its framework ends it.</summary>
public sealed class ServerFixtureTests
{
    [Test]
    public async Task A_fixture_that_is_disposed_of_asynchronously_disposes_of_what_it_adds()
    {
        var fixture = new Fixture();
        await fixture.Server.StartAsync().Within();

        await fixture.DisposeAsync().AsTask().Within();

        Assert.That(fixture.Ends, Is.EqualTo(new[] { "asynchronously", "Dispose(False)" }));
    }

    [Test]
    public async Task A_fixture_that_is_disposed_of_synchronously_disposes_of_what_it_adds()
    {
        var fixture = new Fixture();
        var handle = await fixture.Server.StartAsync().Within();

        await Task.Run(fixture.Dispose).Within();

        Assert.That(fixture.Ends, Is.EqualTo(new[] { "Dispose(True)" }));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
    }

    private sealed class Fixture : ServerFixture<ShopProgram.Backroom>
    {
        public List<string> Ends { get; } = [];

        protected override async ValueTask DisposeAsyncCore()
        {
            await base.DisposeAsyncCore();
            this.Ends.Add("asynchronously");
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            this.Ends.Add($"Dispose({disposing})");
        }
    }
}
