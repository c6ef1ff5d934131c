namespace Front;

/// <summary>The program behind the proxy. Each of its launches answers with another number.</summary>
internal static class Shop
{
    private static int launches;

    public static void Run()
    {
        var number = Interlocked.Increment(ref launches);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.MapGet("/", async () =>
        {
            await Task.Yield();
            return $"Launch {number} answers.";
        });
        app.Run();
    }
}
