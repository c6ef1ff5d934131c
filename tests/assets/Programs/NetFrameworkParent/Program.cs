using NetFrameworkParent;

// A program of .NET Framework that opens a page or a tool server of ASP.NET Core by an add-in.
if (args[0] is "tools")
{
    ServeTools(args[1]);
}
else
{
    ShowPage(args[1]);
}

static void ShowPage(string program)
{
    var addIn = new PageAddIn(program);
    using var client = new HttpClient { BaseAddress = addIn.Open() };
    Console.WriteLine(client.GetStringAsync("/").GetAwaiter().GetResult());
    Console.WriteLine(addIn.Close());
}

static void ServeTools(string program)
{
    Thread.CurrentThread.Name = "main";
    using var mainThread = new MainThread();
    var walls = 0;
    var addIn = new ToolAddIn(program, order => mainThread.InvokeAsync(() => AddWall(order)));
    Console.WriteLine(addIn.Open());
    Console.WriteLine(addIn.Key);

    // The end of the standard input is the end of the host.
    _ = Task.Run(() =>
    {
        Console.In.ReadToEnd();
        mainThread.End();
    });
    mainThread.Run();
    Console.WriteLine(addIn.Close());

    string AddWall(string length) => length.StartsWith("-", StringComparison.Ordinal)
        ? throw new InvalidOperationException("A wall has a length above zero.")
        : $"Wall {++walls} is {length} m long, drawn on thread '{Thread.CurrentThread.Name}'";
}
