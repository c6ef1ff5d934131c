using BlazorApp.Components;

namespace SafeLaunch.BrowserTests.Blazor;

/// <summary>The Blazor Server sample, launched as it is.</summary>
internal static class BlazorSample
{
    /// <summary>Its static web assets are found by its name, and from a build they are only served in development.</summary>
    private static readonly string[] Arguments =
    [
        "--applicationName", typeof(App).Assembly.GetName().Name!,
        "--contentRoot", AppContext.BaseDirectory,
        "--environment", "Development",
    ];

    public static Task<LaunchHandle> StartAsync() => StartAsync(new LaunchOptions().UseLoopback());

    public static Task<LaunchHandle> StartAgainAsync(Uri address) => StartAsync(new LaunchOptions().UseUrls(address.ToString()));

    private static Task<LaunchHandle> StartAsync(LaunchOptions options)
    {
        options.Name = "blazor";
        options.StopTimeout = Stopping.Timeout;
        return Launcher.FromEntryPoint(typeof(App).Assembly, Arguments, options).StartAsync();
    }
}
