namespace ExitCodeProgram;

/// <summary>Ends in the way that its arguments say: <c>throw</c>, <c>return 3</c>, or <c>serve-and-return 3</c>.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["return", var exitCode]:
                return int.Parse(exitCode);

            case ["serve-and-return", var exitCode]:
                Serve();
                return int.Parse(exitCode);

            default:
                throw new InvalidOperationException($"Not understood: {string.Join(' ', args)}");
        }
    }

    private static void Serve()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();

        var app = builder.Build();
        app.MapPost("/stop", (IHostApplicationLifetime lifetime) => lifetime.StopApplication());
        app.Run();
    }
}
