using BlazorApp.Components;

namespace SafeLaunch.BrowserTests.Blazor;

/// <summary>The Blazor Server sample, launched as it is.</summary>
internal static class BlazorSample
{
    public static Task<LaunchHandle> StartAsync() => StartAsync(options => options.UseLoopback());

    public static Task<LaunchHandle> StartAgainAsync(Uri address) => StartAsync(options => options.UseUrls(address.ToString()));

    private static Task<LaunchHandle> StartAsync(Action<LaunchOptions> place) => Launcher.ForProgram<App>(options =>
    {
        options.Name = "blazor";
        options.StopTimeout = Stopping.Timeout;
        place(options);
    }).StartAsync();
}
