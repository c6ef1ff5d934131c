using McpServer;
using Nito.AsyncEx;
using SafeLaunch;

Thread.CurrentThread.Name = "main";
var requiresToken = args.Contains("--token", StringComparer.Ordinal);

// Stands for the loop of a desktop program: the main thread runs the work that is posted to its context.
return AsyncContext.Run(async () =>
{
    var tools = new DrawingTools(new Drawing());
    await using var handle = await Launcher.For(() => ToolServer.Run(tools), options =>
    {
        options.Name = "tools";
        options.HandleSignals = true;
        options.UseLoopback().GuardAccess(guard => guard.RequireToken = requiresToken);
    }).StartAsync();

    Console.WriteLine(new Uri(handle.Address, "mcp"));
    if (handle.GetAccessToken() is { } token)
    {
        Console.WriteLine($"Authorization: Bearer {token}");
    }

    Console.WriteLine("Enter the address, and the header if there is one, as an HTTP server in your assistant; Ctrl+C ends it.");
    var outcome = await handle.Completion;
    Console.WriteLine(outcome);
    return outcome.IsSuccess ? 0 : 1;
});
