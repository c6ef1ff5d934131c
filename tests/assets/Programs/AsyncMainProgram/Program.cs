namespace AsyncMainProgram;

internal static class Program
{
    private static async Task Main()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();

        var app = builder.Build();
        await using (app)
        {
            await Task.Yield();
            var thread = Thread.CurrentThread.Name;
            app.MapGet("/main-thread", () => thread);
            await app.StartAsync();
            await app.WaitForShutdownAsync();
        }
    }
}
