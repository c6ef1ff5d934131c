using BlazorApp.Components;

namespace SafeLaunch.Browser.Tests.Blazor;

/// <summary>The Blazor Server sample, launched as it is.</summary>
internal static class BlazorSample
{
    public static Task<LaunchHandle> StartAsync() => StartAsync(options => options.UseLoopback());

    public static Task<LaunchHandle> StartAgainAsync(Uri address) => StartAsync(options => options.UseUrls(address.ToString()));

    public static Task<LaunchHandle> StartSupervisedAsync() =>
        LauncherAt(options => options.UseLoopback()).Supervised(options => options.Delay = TimeSpan.Zero).StartAsync();

    private static Task<LaunchHandle> StartAsync(Action<LaunchOptions> place) => LauncherAt(place).StartAsync();

    private static Launcher LauncherAt(Action<LaunchOptions> place) => Launcher.ForProgram<App>(options =>
    {
        options.Name = "blazor";
        options.StopTimeout = Stopping.Timeout;
        place(options);
    });
}
