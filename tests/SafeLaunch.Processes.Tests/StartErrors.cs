namespace SafeLaunch.Processes.Tests;

/// <summary>Starts that are to fail.</summary>
internal static class StartErrors
{
    /// <summary>The exception of the start. Fails the test if the launch starts.</summary>
    public static async Task<Exception> StartErrorAsync(this Launcher launcher)
    {
        try
        {
            await using var handle = await launcher.StartAsync().Within();
        }
        catch (Exception e)
        {
            return e;
        }

        throw new AssertionException("the launch has started");
    }
}
