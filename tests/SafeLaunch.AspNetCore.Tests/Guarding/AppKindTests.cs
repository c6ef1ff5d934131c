using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>The guard stands in front of everything that an app has, however the app is built.</summary>
public sealed class AppKindTests
{
    private static IEnumerable<TestCaseData> Apps()
    {
        yield return Case("CreateBuilder", count => Run(WebApplication.CreateBuilder(), count));
        yield return Case("CreateSlimBuilder", count => Run(WebApplication.CreateSlimBuilder(), count));
        yield return Case("CreateEmptyBuilder", count =>
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore();
            Run(builder, count);
        });
        yield return Case("a Startup class", count =>
        {
            using var host = Host.CreateDefaultBuilder()
                .ConfigureLogging(logging => logging.ClearProviders())
                .ConfigureWebHostDefaults(web => web.ConfigureServices(services => services.AddSingleton(count)).UseStartup<Startup>())
                .Build();
            host.Run();
        });
#pragma warning disable ASPDEPR004, ASPDEPR008 // Old programs still build their host by it.
        yield return Case("a legacy WebHostBuilder", count =>
        {
            using var host = new WebHostBuilder().UseKestrel().SuppressStatusMessages(suppressStatusMessages: true).Configure(count).Build();
            host.Run();
        });
#pragma warning restore ASPDEPR004, ASPDEPR008
        yield return Case("UsePathBase", count => Run(WebApplication.CreateSlimBuilder(), app =>
        {
            app.UsePathBase("/base");
            count(app);
        }));
        yield return Case("UseForwardedHeaders first", count => Run(WebApplication.CreateSlimBuilder(), app =>
        {
            app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.All });
            count(app);
        }));
        yield return Case("a startup filter of the app that is first", count =>
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new FirstFilter(count)));
            Run(builder, _ => { });
        });
        yield return Case("CORS for all origins", count =>
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Services.AddCors();
            Run(builder, app =>
            {
                app.UseCors(policy => policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod());
                count(app);
            });
        });

        static TestCaseData Case(string name, Action<Action<IApplicationBuilder>> run) => new TestCaseData(run).SetArgDisplayNames(name);

        static void Run(WebApplicationBuilder builder, Action<IApplicationBuilder> count)
        {
            builder.Logging.ClearProviders();
            var app = builder.Build();
            count(app);
            app.Run();
        }
    }

    [TestCaseSource(nameof(Apps))]
    public async Task Strangers_are_kept_out_of_every_kind_of_app(Action<Action<IApplicationBuilder>> run)
    {
        await using var app = await GuardedApp.StartAsync(options => options.UseLoopback(), run);

        Assert.That((await app.GetAsync("X-Forwarded-For: 10.0.0.1", "X-Forwarded-Host: evil.test")).Status, Is.EqualTo(200));
        Assert.That(app.Served, Is.EqualTo(1));
        Assert.That((await app.GetAsync("Sec-Fetch-Site: cross-site", "Origin: http://evil.test")).Status, Is.EqualTo(403));
        Assert.That((await app.GetAsync("Origin: http://evil.test", "Upgrade: websocket", "Connection: Upgrade")).Status, Is.EqualTo(403));
        Assert.That((await app.SendAsync("GET / HTTP/1.1", "Host: evil.test", "X-Forwarded-Host: localhost")).Status, Is.EqualTo(421));
        Assert.That((await app.SendAsync("OPTIONS / HTTP/1.1", $"Host: {app.Host}", "Origin: http://evil.test", "Access-Control-Request-Method: GET")).Status, Is.EqualTo(403));
        Assert.That(app.Served, Is.EqualTo(1));
    }

    [Test]
    public async Task Static_files_are_served_to_the_servers_own_pages_only()
    {
        var folder = Directory.CreateTempSubdirectory("guarded");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "data.js"), "secret");
            await using var app = await GuardedApp.StartAsync(options => options.UseLoopback(), count =>
            {
                var web = WebHosts.Builder().Build();
                web.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder.FullName) });
                count(web);
                web.Run();
            });

            var own = await app.SendAsync("GET /data.js HTTP/1.1", $"Host: {app.Host}", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Dest: script");
            var foreign = await app.SendAsync("GET /data.js HTTP/1.1", $"Host: {app.Host}", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: script");

            Assert.That(own.Text, Does.Contain("secret"));
            Assert.That(foreign.Status, Is.EqualTo(403));
            Assert.That(foreign.Text, Does.Not.Contain("secret"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task A_SignalR_client_that_is_a_program_is_served_and_a_foreign_page_is_not()
    {
        await using var app = await GuardedApp.StartAsync(options => options.UseLoopback(), _ =>
        {
            var builder = WebHosts.Builder();
            builder.Services.AddSignalR();
            var web = builder.Build();
            web.MapHub<EchoHub>("/hub");
            web.Run();
        });
        await using var friend = Connection(app, _ => { });
        await using var stranger = Connection(app, headers => headers["Origin"] = "http://evil.test");
        await friend.StartAsync().Within();

        Assert.That(await friend.InvokeAsync<string>(nameof(EchoHub.Echo), "heard").Within(), Is.EqualTo("heard"));
        Assert.That(() => stranger.StartAsync().Within(), Throws.Exception.With.Message.Contains("403"));

        static HubConnection Connection(GuardedApp app, Action<IDictionary<string, string>> addHeaders) =>
            new HubConnectionBuilder().WithUrl(new Uri(app.Handle.Address, "/hub"), http => addHeaders(http.Headers)).Build();
    }

    [Test]
    public async Task Each_host_of_a_launch_is_guarded()
    {
        var served = 0;
        var haveAllStarted = Gate.NewSource();
        await using var handle = await Launcher.For(
            async () =>
            {
                await Serve().StartAsync();
                await Serve().StartAsync();
                haveAllStarted.SetResult();
            },
            options => options.ReadyWhen((_, cancellationToken) => haveAllStarted.Task.WaitAsync(cancellationToken)).UseLoopback()).StartAsync().Within();

        Assert.That(handle.Addresses, Has.Count.EqualTo(2));
        foreach (var address in handle.Addresses)
        {
            var answer = await RawRequest.SendAsync(address, ["GET / HTTP/1.1", "Host: evil.test", "Connection: close"]);
            Assert.That(answer.Status, Is.EqualTo(421));
        }

        Assert.That(served, Is.Zero);

        WebApplication Serve()
        {
            var web = WebHosts.Builder().Build();
            web.Run(_ =>
            {
                Interlocked.Increment(ref served);
                return Task.CompletedTask;
            });
            return web;
        }
    }

    private sealed class Startup
    {
        private Action<IApplicationBuilder>? count;

        public void Configure(IApplicationBuilder app, Action<IApplicationBuilder> count)
        {
            this.count = count;
            this.count(app);
        }
    }

    private sealed class FirstFilter(Action<IApplicationBuilder> count) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            count(app);
            next(app);
        };
    }

    private sealed class EchoHub : Hub
    {
        public string Echo(string text) => this.Context.ConnectionAborted.IsCancellationRequested ? "" : text;
    }
}
