using Orleans.Configuration;

namespace Cluster;

/// <summary>A silo with a web page, which knows nothing of being launched: it is built, and it blocks its thread until it ends.</summary>
internal static class Silo
{
    /// <param name="name">The name of the silo.</param>
    /// <param name="join">Says how it finds the other silos.</param>
    public static void Run(string name, Action<ISiloBuilder> join)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            silo.Configure<SiloOptions>(options => options.SiloName = name);
            join(silo);
        });

        var app = builder.Build();
        app.MapGet("/", () => $"This is {name}.");
        app.MapPost("/counters/{id:int}", (int id, IGrainFactory grains) => grains.GetGrain<ICounter>(id).AddAsync());
        app.Run();
    }
}
