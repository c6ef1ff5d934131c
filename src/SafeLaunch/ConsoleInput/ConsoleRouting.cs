namespace SafeLaunch.ConsoleInput;

/// <summary>
/// Gives each launch a <see cref="Console.In"/> that ends when the launch is to stop. It is there while launches run, and
/// longer only while a read goes on. A reader that the process sets itself counts from then on.
/// </summary>
internal sealed class ConsoleRouting
{
    private readonly object gate = new();
    private readonly List<ConsoleRoute> routes = [];

    /// <summary>Routes the reads of one launch, until it is disposed of. Null on a system without a console.</summary>
    public IDisposable? Begin()
    {
        try
        {
            return this.Use();
        }
        catch (PlatformNotSupportedException)
        {
            return null;
        }
    }

    private Routing Use()
    {
        lock (this.gate)
        {
            var route = this.routes.Find(route => route.IsInPlace);
            if (route is null)
            {
                route = new(this.EndIfUnused);
                this.routes.Add(route);
            }

            route.Launches++;
            return new(this, route);
        }
    }

    private void EndIfUnused(ConsoleRoute route)
    {
        lock (this.gate)
        {
            if (route.Launches == 0 && this.routes.Contains(route) && route.TryEnd())
            {
                this.routes.Remove(route);
            }
        }
    }

    private sealed class Routing(ConsoleRouting routing, ConsoleRoute route) : IDisposable
    {
        public void Dispose()
        {
            lock (routing.gate)
            {
                route.Launches--;
            }

            routing.EndIfUnused(route);
        }
    }
}
