using System.Net.Http.Headers;

namespace SafeLaunch.Benchmarks.Paired;

/// <summary>A web server that runs, however it was started.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="StopAsync">Stops it and releases all that it holds.</param>
/// <param name="Authorization">The header that each request needs; null if none is needed.</param>
public sealed record RunningServer(Uri Address, Func<Task> StopAsync, AuthenticationHeaderValue? Authorization = null)
{
    /// <summary>Sends one request and reads its answer.</summary>
    public async Task AskAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, this.Address);
        if (this.Authorization is not null)
        {
            request.Headers.Authorization = this.Authorization;
        }

        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
