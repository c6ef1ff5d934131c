namespace SafeLaunch.ConsoleInput;

/// <summary>
/// Gives each launch a <see cref="Console.In"/> that ends when the launch is to stop. It is there while launches run, and
/// longer only while a read goes on. A reader that the process sets itself counts from then on.
/// </summary>
/// <param name="endOfCaller">The token that ends the reads of the caller; <see cref="CancellationToken.None"/> outside of all launches.</param>
internal sealed class ConsoleRouting(Func<CancellationToken> endOfCaller)
{
    private readonly object gate = new();
    private readonly List<ConsoleRoute> routes = [];

    /// <summary>Routes the reads of one launch, until it is disposed of.</summary>
    /// <param name="stopping">Ends the reads of the launch.</param>
    public IDisposable Begin(CancellationToken stopping)
    {
        lock (this.gate)
        {
            var route = this.routes.Find(route => route.IsInPlace);
            if (route is null)
            {
                route = new(endOfCaller, this.EndIfUnused);
                this.routes.Add(route);
            }

            route.Launches++;

            // A launch may also read by a route that came later than its own.
            return new Use(this, route, stopping.Register(this.WakeReaders));
        }
    }

    private void WakeReaders()
    {
        ConsoleRoute[] all;
        lock (this.gate)
        {
            all = [.. this.routes];
        }

        foreach (var route in all)
        {
            route.Wake();
        }
    }

    private void EndIfUnused(ConsoleRoute route)
    {
        lock (this.gate)
        {
            if (route.Launches == 0 && route.TryEnd())
            {
                this.routes.Remove(route);
            }
        }
    }

    private sealed class Use(ConsoleRouting routing, ConsoleRoute route, CancellationTokenRegistration onStopping) : IDisposable
    {
        public void Dispose()
        {
            onStopping.Dispose();
            lock (routing.gate)
            {
                route.Launches--;
            }

            routing.EndIfUnused(route);
        }
    }
}
