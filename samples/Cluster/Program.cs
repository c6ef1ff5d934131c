using System.Net;
using Cluster;

// Three silos of one cluster. With the argument "children" each runs in a child process. With another argument, such as localhost:6379,
// their list is in Redis, and the cluster may span machines.
string[] names = ["silo-1", "silo-2", "silo-3"];
var ports = names.Select(_ => SiloPorts.Free()).ToArray();
await using var silos = new LaunchedSilos([.. names.Zip(ports, (name, own) => args switch
{
    ["children"] => SiloLaunchers.InChildProcess(name, own, first: ports[0]),
    [var redis] => SiloLaunchers.InThisProcess(name, Membership.InRedis(own, redis, IPAddress.Loopback)),
    _ => SiloLaunchers.InThisProcess(name, Membership.OnThisMachine(own, first: ports[0])),
})]);

await silos.StartAsync();
Console.WriteLine(string.Join(Environment.NewLine, names.Select(silos.AddressOf)));
await CallAsync("Three silos");

Console.WriteLine(await silos.StopAsync("silo-3"));
await CallAsync("Without silo-3");

await silos.StartAsync("silo-3");
await CallAsync("With silo-3 again");

async Task CallAsync(string title)
{
    var homes = await silos.CallAsync("silo-1", counters: 60);
    Console.WriteLine($"{title}: {string.Join(", ", homes.Select(home => $"{home.Value} counters in {home.Key}"))}");
}
