using Nito.AsyncEx;

namespace SafeLaunch.Plugins.Tests;

/// <summary>What a host does with a plugin, on a thread that has a context, as a desktop program's main thread has.</summary>
internal static class Host
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Gate.Patience };

    /// <summary>Loads it, starts it, stops it and unloads it.</summary>
    public static WeakReference RunOnce(TestPlugin plugin, bool isVisited = true) => OnMainThread(async () =>
    {
        var loaded = plugin.Load();
        var address = await loaded.StartAsync();
        if (isVisited)
        {
            await VisitAsync(address);
        }

        await loaded.StopAsync();
        return loaded.Unload();
    });

    /// <summary>Returns once nothing of it is on the stack any longer.</summary>
    public static T OnMainThread<T>(Func<Task<T>> action) => AsyncContext.Run(() => action().Within());

    public static Task<string> VisitAsync(Uri address) => Client.GetStringAsync(address);
}
