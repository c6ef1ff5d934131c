using BlazorApp.Components;
using SafeLaunch;

namespace BlazorLauncher;

/// <summary>The Blazor app as something to start and stop, at the same address each time.</summary>
internal sealed class Page(string[] args) : IDisposable
{
    private LaunchHandle? handle;
    private Uri? address;

    public void Start()
    {
        if (this.handle is { State: not LaunchState.Ended })
        {
            Console.WriteLine($"It is at {this.address} already.");
            return;
        }

        var options = new LaunchOptions { Name = "page" };
        options = this.address is null ? options.UseLoopback() : options.UseUrls(this.address.ToString());
        this.handle = Launcher.FromEntryPoint(typeof(App).Assembly, this.Arguments(), options).Start();
        this.address = this.handle.Address;
        Console.WriteLine($"Listening on {this.address}");
    }

    public void Stop()
    {
        if (this.handle is null)
        {
            Console.WriteLine("It is not running.");
            return;
        }

        Console.WriteLine(this.handle.Stop());
        this.handle = null;
    }

    public void Dispose() => this.handle?.Dispose();

    /// <summary>
    /// What a program finds out by itself when it is the one that the process was started for: who it is, where its files are
    /// and, from launchSettings.json, that it is being developed, without which a build does not serve its static web assets.
    /// What the user says comes last and wins.
    /// </summary>
    private string[] Arguments() =>
    [
        "--applicationName", typeof(App).Assembly.GetName().Name!,
        "--contentRoot", AppContext.BaseDirectory,
        "--environment", "Development",
        .. args,
    ];
}
