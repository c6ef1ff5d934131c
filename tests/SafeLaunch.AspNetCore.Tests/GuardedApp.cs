using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SafeLaunch.AspNetCore.Tests;

/// <summary>A launched app that answers every method and path, and counts the requests that reach it.</summary>
internal sealed class GuardedApp : IAsyncDisposable
{
    private int served;

    private GuardedApp()
    {
    }

    public LaunchHandle Handle { get; private set; } = null!;

    /// <summary>How many requests the app has seen.</summary>
    public int Served => Volatile.Read(ref this.served);

    /// <summary>The Host header of its address.</summary>
    public string Host => this.Handle.Address.Authority;

    public string Origin => $"http://{this.Host}";

    public static Task<GuardedApp> StartAsync() => StartAsync(options => options.UseLoopback());

    public static Task<GuardedApp> StartAsync(Action<LaunchOptions> configure) =>
        StartAsync(configure, count =>
        {
            var app = WebHosts.Builder().Build();
            app.UseWebSockets();
            count(app);
            app.Run();
        });

    /// <param name="configure">Sets the options of the launch.</param>
    /// <param name="run">Runs an app, into which it puts the counter that it is given, as its answer to every request.</param>
    public static async Task<GuardedApp> StartAsync(Action<LaunchOptions> configure, Action<Action<IApplicationBuilder>> run)
    {
        var app = new GuardedApp();
        app.Handle = await Launcher.For(() => run(app.Count), options =>
        {
            options.Name = "guarded";
            configure(options);
        }).StartAsync().Within();
        return app;
    }

    /// <summary>Sends GET / with the Host of the address and with these headers.</summary>
    public Task<RawRequest.Answer> GetAsync(params string[] headers) => this.SendAsync("GET / HTTP/1.1", [$"Host: {this.Host}", .. headers]);

    public Task<RawRequest.Answer> SendAsync(string requestLine, params string[] headers) =>
        RawRequest.SendAsync(this.Handle.Address, [requestLine, .. headers, "Connection: close"]);

    /// <summary>Opens the address that brings the token, and returns the cookie as a browser sends it.</summary>
    public async Task<string> SignInAsync() =>
        CookieOf(await this.SendAsync($"GET {this.Handle.GetAccessUri().PathAndQuery} HTTP/1.1", $"Host: {this.Host}"));

    /// <summary>The cookie that an answer sets, as a browser sends it.</summary>
    public static string CookieOf(RawRequest.Answer answer)
    {
        const string header = "Set-Cookie: ";
        var start = answer.Text.IndexOf(header, StringComparison.Ordinal) + header.Length;
        return answer.Text[start..answer.Text.IndexOf(';', start)];
    }

    public ValueTask DisposeAsync() => this.Handle.DisposeAsync();

    private void Count(IApplicationBuilder app) => app.Run(context =>
    {
        Interlocked.Increment(ref this.served);
        return context.Response.WriteAsync($"served {context.Request.Method} {context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}");
    });
}
