using Front;
using SafeLaunch;

// The shop is started again when it crashes. Enter replaces it by a new launch, as for a new version, while the proxy goes on.
await using var shop = new BlueGreen(Launcher.For(Shop.Run, options =>
{
    options.Name = "shop";
    options.UseLoopback();
}).Supervised());
await shop.RelaunchAsync();

await using var front = await Launcher.For(() => ProxyServer.Run(shop), options =>
{
    options.Name = "front";
    options.HandleSignals = true;
    options.UseLoopback();
}).StartAsync();

Console.WriteLine(front.Address);
Console.WriteLine("Enter launches the shop anew; Ctrl+C ends both.");
var line = Task.Run(Console.ReadLine);
while (await Task.WhenAny(front.Completion, line) == line && await line is not null)
{
    await shop.RelaunchAsync();
    Console.WriteLine("The shop was launched anew.");
    line = Task.Run(Console.ReadLine);
}

var outcome = await front.Completion;
Console.WriteLine(outcome);
return outcome.IsSuccess ? 0 : 1;
