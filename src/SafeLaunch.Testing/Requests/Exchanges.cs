using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Requests;

/// <summary>The last requests that each test sent to one server, and their answers: shown in the output of a test that fails.</summary>
/// <param name="server">The name of the server.</param>
internal sealed class Exchanges(string server)
{
    private const int Kept = 100;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<Exchange>> ofTests = new(StringComparer.Ordinal);

    /// <summary>Notes that a request has come.</summary>
    /// <param name="test">The test that it belongs to; null for none. Of none, and of a test that is over, requests are not kept.</param>
    /// <param name="request">The request.</param>
    /// <returns>The exchange, which has no answer yet; null where it is not kept.</returns>
    public Exchange? Begin(RunningTest? test, HttpRequest request)
    {
        if (test is not { IsSingleTest: true, IsOver: false })
        {
            return null;
        }

        var exchange = new Exchange(request);
        var all = this.ofTests.GetOrAdd(test.Id, static (_, key) => key.Owner.Follow(key.Test), (Owner: this, Test: test));
        all.Enqueue(exchange);
        if (all.Count > Kept)
        {
            all.TryDequeue(out _);
        }

        return exchange;
    }

    private ConcurrentQueue<Exchange> Follow(RunningTest test)
    {
        test.TryAtEnd(failed =>
        {
            if (this.ofTests.TryRemove(test.Id, out var all) && failed)
            {
                test.TryWriteLine($"Requests to '{server}', the last {Kept} at most:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
            }

            return Task.CompletedTask;
        });
        return [];
    }
}
