using BlazorLauncher;

using var commands = new Commands();
using var page = new Page(args);

page.Start();
Console.WriteLine("Open it and click. o = open it in the browser, s = stop, r = start again at the same address, q or Ctrl+C = quit");

// The main thread is this program's own all along.
for (var command = commands.Next(); command is not Commands.Quit; command = commands.Next())
{
    switch (command)
    {
        case "o":
            page.Open();
            break;
        case "s":
            page.Stop();
            break;
        case "r":
            page.Start();
            break;
        default:
            Console.WriteLine("o = open, s = stop, r = start again, q = quit");
            break;
    }
}
