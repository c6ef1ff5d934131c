namespace SafeLaunch.Servers;

/// <summary>Prepares a server for each test that uses it, once for each launch that the test uses.</summary>
internal sealed class TestPreparation(ServerRecipe recipe)
{
    private readonly Dictionary<string, (LaunchHandle Launch, Task Done)> ofTests = new(StringComparer.Ordinal);
    private readonly AsyncLocal<bool> isPreparing = new();

    /// <summary>Ends when the server is prepared for the caller's test; at once for the preparation itself, which may ask for the server, too, and for a test that is over.</summary>
    public Task DoneAsync(LaunchHandle handle)
    {
        if (this.isPreparing.Value || RunningTest.FindCurrent() is not { IsSingleTest: true, IsOver: false } test)
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

    private async Task PrepareAsync(LaunchHandle handle)
    {
        this.isPreparing.Value = true;
        await recipe.PrepareTestAsync(handle).ConfigureAwait(false);
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
