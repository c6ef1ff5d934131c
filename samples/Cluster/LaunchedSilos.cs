using SafeLaunch;

namespace Cluster;

/// <summary>The silos of a cluster as launches.</summary>
internal sealed class LaunchedSilos(params Launcher[] silos) : IAsyncDisposable
{
    private static readonly HttpClient Client = new();

    private readonly Dictionary<string, LaunchHandle> running = new(StringComparer.Ordinal);

    public Uri AddressOf(string name) => this.running[name].Address;

    /// <summary>Starts all, one after another: the first may be needed by the others.</summary>
    public async Task StartAsync()
    {
        foreach (var silo in silos)
        {
            await this.StartAsync(silo.Name);
        }
    }

    public async Task StartAsync(string name) =>
        this.running[name] = await silos.Single(silo => silo.Name.Equals(name, StringComparison.Ordinal)).StartAsync();

    public async Task<LaunchOutcome> StopAsync(string name)
    {
        this.running.Remove(name, out var handle);
        return await handle!.StopAsync();
    }

    /// <summary>Calls counters by the page of one silo.</summary>
    /// <returns>How many of them live in each silo.</returns>
    public async Task<SortedDictionary<string, int>> CallAsync(string silo, int counters)
    {
        var homes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < counters; id++)
        {
            using var answer = await Client.PostAsync(new Uri(this.AddressOf(silo), $"counters/{id}"), content: null);
            answer.EnsureSuccessStatusCode();
            var home = await answer.Content.ReadAsStringAsync();
            homes[home] = homes.GetValueOrDefault(home) + 1;
        }

        return homes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var handle in this.running.Values.Reverse())
        {
            await handle.DisposeAsync();
        }
    }
}
