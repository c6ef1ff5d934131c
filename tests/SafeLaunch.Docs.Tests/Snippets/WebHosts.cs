using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace SafeLaunch.Docs.Tests.Snippets;

/// <summary>The snippets of docs/how-to/stop-a-web-host.md and several-web-hosts.md, and those of the front page and the README.</summary>
[NonParallelizable] // They print to the console.
public sealed class WebHosts
{
    [Test]
    public void A_web_host_is_stopped_in_process()
    {
        using var handle = Launcher.For(Shop.Run, options =>
        {
            options.UseLoopback();
            options.StopTimeout = TimeSpan.FromSeconds(5);
        }).Start();

        var outcome = handle.Stop();
        Console.WriteLine(outcome); // Stopped: It was asked to stop.

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task Two_web_hosts_of_one_process_know_each_other()
    {
        await using var shop = await Launcher.ForProgram("ShopProgram", options => options.UseLoopback()).StartAsync();
        await using var admin = await Launcher.For(Admin.Run, options =>
        {
            options.Configuration["Shop"] = shop.Address.ToString();
            options.UseLoopback();
        }).StartAsync();

        using var client = new HttpClient();
        Assert.That(await client.GetStringAsync(shop.Address).Within(), Is.EqualTo("Hello from appsettings"));
        Assert.That(await client.GetStringAsync(admin.Address).Within(), Is.EqualTo(shop.Address.ToString()));
    }

    [Test]
    public void The_front_page_and_the_README_print_what_they_say()
    {
        using var printed = new StringWriter();
        var console = Console.Out;
        Console.SetOut(printed);
        try
        {
            FrontPage();
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.That(printed.ToString(), Does.Match("http://127.0.0.1:[0-9]+/\\s+Stopped: It was asked to stop.\\s+$"));
    }

    private static void FrontPage()
    {
        using var handle = Launcher.For(() =>
        {
            var app = WebApplication.Create();
            app.MapGet("/", () => "Hello");
            app.Run();
        }, options => options.UseLoopback()).Start();

        Console.WriteLine(handle.Address); // this thread is free, the server runs on another one
        Console.WriteLine(handle.Stop());  // Stopped: It was asked to stop.
    }

    private static class Shop
    {
        public static void Run() => WebApplication.CreateSlimBuilder().Build().Run();
    }

    private static class Admin
    {
        public static void Run()
        {
            var app = WebApplication.CreateSlimBuilder().Build();
            app.MapGet("/", (IConfiguration configuration) => configuration["Shop"]);
            app.Run();
        }
    }
}
