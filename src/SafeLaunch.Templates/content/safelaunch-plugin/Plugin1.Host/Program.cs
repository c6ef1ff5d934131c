using Plugin1.Host;

var context = new PluginLoadContext(Path.Combine(AppContext.BaseDirectory, "plugins", "Plugin1", "Plugin1.dll"));
var plugin = context.CreatePlugin();

Console.WriteLine($"The page of the plugin is at {await plugin.StartAsync()}");
Console.WriteLine("Enter unloads the plugin.");
Console.ReadLine();

await plugin.StopAsync();
context.Unload();
Console.WriteLine("The plugin has ended.");
