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

        this.handle = Launcher.ForProgram<App>(this.Configure).Start();
        this.address = this.handle.Address;
        Console.WriteLine($"Listening on {this.address}");
    }

    public void Open()
    {
        if (this.handle is null)
        {
            Console.WriteLine("It is not running.");
            return;
        }

        this.handle.OpenBrowser();
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

    private void Configure(ProgramOptions options)
    {
        options.Name = "page";
        foreach (var arg in args)
        {
            options.Args.Add(arg);
        }

        options.UseUrls(this.address?.ToString() ?? "http://127.0.0.1:0").GuardAccess();
    }
}
