namespace SafeLaunch.Packages.Tests;

/// <summary>The packages in the templates of the SDK for programs and libraries.</summary>
public sealed class SdkTemplateTests
{
    private const string Imports = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using SafeLaunch;

        """;

    private const string OfHost = Imports + """
        await using var handle = await Launcher.For(() => new HostBuilder().ConfigureServices(services => services.AddSingleton("served")).Build().Run()).StartAsync();
        Console.WriteLine(handle.Services.GetRequiredService<string>());
        Console.WriteLine(await handle.StopAsync());
        """;

    private const string OfWeb = """
        using SafeLaunch;

        await using var handle = await Launcher.For(() =>
        {
            var app = WebApplication.Create();
            app.MapGet("/", () => "served");
            app.Run();
        }, options => options.UseLoopback()).StartAsync();
        using var client = handle.CreateClient();
        Console.WriteLine(await client.GetStringAsync("/"));
        Console.WriteLine(await handle.StopAsync());
        """;

    private const string OfWorker = Imports + """
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddLaunch("shop", () => new HostBuilder().ConfigureServices(services => services.AddSingleton("served")).Build().Run()).Supervised();
        using var host = builder.Build();
        await host.StartAsync();
        var handle = host.Services.GetRequiredKeyedService<LaunchHandle>("shop");
        Console.WriteLine(handle.Services.GetRequiredService<string>());
        await host.StopAsync();
        Console.WriteLine(await handle.Completion);
        """;

    private const string OfChild = Imports + """
        await using var handle = await Launcher.For(Child.Run).InChildProcess().StartAsync();
        Console.WriteLine(Child.IsServed ? "here" : "served");
        Console.WriteLine(await handle.StopAsync());

        internal static class Child
        {
            public static bool IsServed;

            public static void Run()
            {
                IsServed = true;
                new HostBuilder().Build().Run();
            }
        }
        """;

    private const string OfLibrary = Imports + """
        public static class Library
        {
            public static async Task<string> LaunchAsync()
            {
                await using var handle = await Launcher.For(() => new HostBuilder().ConfigureServices(services => services.AddSingleton("served")).Build().Run()).StartAsync();
                return $"{handle.Services.GetRequiredService<string>()}\n{await handle.StopAsync()}";
            }
        }
        """;

    [Test]
    public async Task A_package_is_restored_into_its_template_and_launches(
        [Values("console with SafeLaunch", "web with SafeLaunch.AspNetCore", "worker with SafeLaunch.Hosting", "console with SafeLaunch.Processes")] string combination,
        [ValueSource(typeof(Projects), nameof(Projects.Frameworks))] string framework)
    {
        Projects.IgnoreWithoutRuntimeFor(framework);
        var (template, package) = Projects.PartsOf(combination);
        var folder = await Projects.MakeAsync(template, Projects.NameOf(package, framework), framework);
        await Projects.WriteCodeAsync(folder, SourceOf(package));
        await Projects.AddAsync(folder, Projects.Reference(package));

        await RunAsync(folder);
    }

    [Test]
    public async Task SafeLaunch_is_restored_into_a_class_library_and_launches_in_the_program_that_refers_to_the_library(
        [ValueSource(typeof(Projects), nameof(Projects.Frameworks))] string framework)
    {
        Projects.IgnoreWithoutRuntimeFor(framework);
        var library = await Projects.MakeAsync("classlib", $"Library.{framework}", framework);
        await Projects.WriteCodeAsync(library, OfLibrary);
        await Projects.AddAsync(library, Projects.Reference("SafeLaunch"));
        var folder = await Projects.MakeAsync("console", $"ProgramWithLibrary.{framework}", framework);
        await Projects.WriteCodeAsync(folder, "Console.WriteLine(await Library.LaunchAsync());");
        await Projects.AddAsync(folder, Projects.ReferenceTo(library));

        await RunAsync(folder);
    }

    private static async Task RunAsync(string folder)
    {
        var output = await Sdk.RunAsync(folder, "dotnet", "run", "--no-launch-profile");

        Assert.That(output, Does.Contain("served\n").And.Contain("Stopped: "));
    }

    private static string SourceOf(string package) => package switch
    {
        "SafeLaunch" => OfHost,
        "SafeLaunch.AspNetCore" => OfWeb,
        "SafeLaunch.Hosting" => OfWorker,
        _ => OfChild,
    };
}
