namespace SafeLaunch.Plugins.Tests;

/// <summary>What has become of a context that was unloaded.</summary>
internal static class Unloaded
{
    public static bool IsCollected(this WeakReference unloaded) =>
        SpinWait.SpinUntil(
            () =>
            {
                Collect();
                return !unloaded.IsAlive;
            },
            Gate.Patience);

    public static bool IsHeld(this WeakReference unloaded)
    {
        // An unreferenced context is gone after two or three.
        for (var i = 0; i < 10; i++)
        {
            Collect();
        }

        return unloaded.IsAlive;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
