namespace AsyncMainProgram;

internal static class Program
{
    private static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
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
