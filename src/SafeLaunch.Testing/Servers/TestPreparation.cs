namespace SafeLaunch.Servers;

/// <summary>Prepares a server for each test that uses it, once for each launch that the test uses.</summary>
internal sealed class TestPreparation(ServerSetup setup)
{
    private readonly Dictionary<string, (LaunchHandle Launch, Task Done)> ofTests = new(StringComparer.Ordinal);
    private readonly AsyncLocal<bool> isPreparing = new();

    /// <summary>Ends when the server is prepared for the caller's test; at once for the preparation itself, which may ask for the server, too, and for a test that is over.</summary>
    public Task DoneAsync(LaunchHandle handle)
    {
        if (this.FindTestToPrepareFor() is not { } test)
        {
            return Task.CompletedTask;
        }

        lock (this.ofTests)
        {
            if (!this.ofTests.TryGetValue(test.Id, out var prepared))
            {
                test.TryAtEnd(_ => this.ForgetAsync(test.Id));
            }

            if (prepared.Launch != handle)
            {
                prepared = (handle, Task.Run(() => this.PrepareAsync(handle)));
                this.ofTests[test.Id] = prepared;
            }

            return prepared.Done;
        }
    }

    /// <summary>Prepares nothing. Throws what a preparation for the caller's test has thrown.</summary>
    /// <exception cref="LaunchException">The server is not prepared for the caller's test.</exception>
    public void ThrowUnlessDone(LaunchHandle handle)
    {
        if (this.FindTestToPrepareFor() is not { } test)
        {
            return;
        }

        Task? done;
        lock (this.ofTests)
        {
            done = this.ofTests.TryGetValue(test.Id, out var prepared) && prepared.Launch == handle ? prepared.Done : null;
        }

        if (done is not { IsCompleted: true })
        {
            throw new LaunchException($"Launch '{setup.Name}' is not prepared for this test, since {nameof(LaunchedServer.BeforeEachTest)} has not ended for it. Await {nameof(LaunchedServer.StartAsync)} first, in the test or in the set-up of each test.");
        }

        done.GetAwaiter().GetResult();
    }

    private RunningTest? FindTestToPrepareFor() =>
        setup.PreparesTests && !this.isPreparing.Value && RunningTest.FindCurrent() is { IsSingleTest: true, IsOver: false } test ? test : null;

    private async Task PrepareAsync(LaunchHandle handle)
    {
        this.isPreparing.Value = true;
        await setup.PrepareTestAsync(handle).ConfigureAwait(false);
    }

    private Task ForgetAsync(string testId)
    {
        lock (this.ofTests)
        {
            this.ofTests.Remove(testId);
        }

        return Task.CompletedTask;
    }
}
