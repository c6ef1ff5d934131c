namespace SafeLaunch.TestKit;

internal static class Caught
{
    /// <summary>What the action throws, or null.</summary>
    public static Exception? By(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>What awaiting the task throws, or null.</summary>
    public static async Task<Exception?> ErrorAsync(this Task task)
    {
        try
        {
            await task.Within();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
