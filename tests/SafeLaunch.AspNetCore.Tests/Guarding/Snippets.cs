namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>The snippets of docs/security.md as they stand there, each in a separate method.</summary>
internal static class Snippets
{
    public static void Exceptions(LaunchOptions options)
    {
        options.UseUrls("http://0.0.0.0:8080").GuardAccess(guard =>
        {
            guard.AllowedHosts.Add("shop.example");                 // or "*.shop.example"
            guard.AllowedOrigins.Add("http://localhost:5173");      // such as a front end that a development server serves
            guard.Exempt.Add("/signin-oidc");                       // rule 1 only, for this path and all below it
        });
    }

    public static async Task<string> TokenAsync()
    {
        using var handle = Launcher.For(() => Shop.Run(), options => options.UseLoopback().GuardAccess(guard => guard.RequireToken = true)).Start();
        handle.OpenBrowser();                       // or show handle.AccessUri to the user
        using var client = handle.CreateClient();   // brings the token by itself; so does LaunchedServer.CreateClient
        return await client.GetStringAsync("/").Within();
    }

    public static async Task<string> UnixSocketAsync(string folder)
    {
        using var handle = Launcher.For(() => Shop.Run(), options => options.UseUnixSocket(Path.Combine(folder, "shop.sock"))).Start();
        using var client = handle.CreateClient();
        return await client.GetStringAsync("/").Within();
    }

    private static class Shop
    {
        public static void Run() => WebHosts.With().Run();
    }
}
