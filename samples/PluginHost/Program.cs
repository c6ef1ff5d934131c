using Nito.AsyncEx;
using PluginHost;

const int Rounds = 3;
var path = Path.Combine(AppContext.BaseDirectory, "plugins", "PluginPage", "PluginPage.dll");
using var client = new HttpClient();

// As a desktop program has it: the main thread has a context, and comes back to it after each await.
return AsyncContext.Run(async () =>
{
    for (var round = 1; round <= Rounds; round++)
    {
        var unloaded = await VisitAsync(path);

        // Until the main thread is back in its loop, the frames of what has just stopped are still on its stack.
        await Task.Yield();
        var isCollected = IsCollected(unloaded);
        Say(isCollected ? "Unloaded and collected." : "Unloaded, but something still holds it.");
        if (!isCollected)
        {
            return 1;
        }
    }

    return 0;
});

async Task<WeakReference> VisitAsync(string plugin)
{
    var loaded = new LoadedPlugin(plugin);
    var address = await loaded.StartAsync();
    Say($"The plugin's page is at {address}");
    Say($"It says: {await client.GetStringAsync(new Uri(address, "greeting"))}");
    return await loaded.UnloadAsync();
}

static bool IsCollected(WeakReference unloaded)
{
    for (var i = 0; unloaded.IsAlive && i < 10; i++)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    return !unloaded.IsAlive;
}

static void Say(string line) => Console.WriteLine($"[main thread {Environment.CurrentManagedThreadId}] {line}");
