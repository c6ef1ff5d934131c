namespace SafeLaunch.Internal;

internal static class Disposal
{
    public static bool IsNeeded(object? value) => value is IDisposable or IAsyncDisposable;

    /// <summary>Disposes of a value, asynchronously where it can. Does nothing if the value is not disposable.</summary>
    public static async Task DisposeAsync(object? value)
    {
        if (value is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (value as IDisposable)?.Dispose();
        }
    }
}
