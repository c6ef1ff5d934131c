namespace ExitCodeProgram;

/// <summary>
/// Ends in the way that its arguments say: <c>throw</c>, <c>return 3</c>, <c>serve-and-return 3</c>, <c>catch 0 http://…</c> for an
/// address that it cannot serve, or <c>async-void</c>.
/// </summary>
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

            case ["catch", var exitCode, var url]:
                try
                {
                    Serve(url);
                }
                catch (IOException)
                {
                    // As a program does that logs its failure and ends.
                }

                return int.Parse(exitCode);

            case ["async-void"]:
                Fail();
                return 0;

            default:
                throw new InvalidOperationException($"Not understood: {string.Join(' ', args)}");
        }
    }

    private static async void Fail()
    {
        await Task.Yield();
        throw new InvalidOperationException("async void failed");
    }

    private static void Serve(string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();

        var app = builder.Build();
        app.MapPost("/stop", (IHostApplicationLifetime lifetime) => lifetime.StopApplication());
        app.Run(url);
    }
}
