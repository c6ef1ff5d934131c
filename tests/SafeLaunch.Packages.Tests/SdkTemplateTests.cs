using System.Text.RegularExpressions;

namespace SafeLaunch.Packages.Tests;

/// <summary>The packages in the templates of the SDK that they are for.</summary>
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

    private const string Field = "private static readonly SafeLaunch.LaunchedServer Server = SafeLaunch.LaunchedServer.For<Shop.Server>();";

    /// <summary>The analyzers in the template of NUnit refuse a field that no tear-down disposes of.</summary>
    private const string FieldWithTearDown = Field + " [OneTimeTearDown] public async Task Stop() => await Server.DisposeAsync();";
    private const string Answer = "Server.CreateClient().GetStringAsync(\"/\").GetAwaiter().GetResult()";

    private static readonly string[] Frameworks = ["net10.0"];

    [Test]
    public async Task A_package_is_restored_into_its_template_and_launches(
        [Values("console with SafeLaunch", "web with SafeLaunch.AspNetCore", "worker with SafeLaunch.Hosting", "console with SafeLaunch.Processes")] string combination,
        [ValueSource(nameof(Frameworks))] string framework)
    {
        Projects.IgnoreWithoutRuntimeFor(framework);
        var (template, package) = PartsOf(combination);
        var folder = await Projects.MakeAsync(template, NameOf(package, framework), framework);
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs"))
        {
            File.Delete(file);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), SourceOf(package));
        await Projects.AddAsync(folder, Projects.Reference(package));

        var output = await Sdk.RunAsync(folder, "dotnet", "run", "--no-launch-profile");

        Assert.That(output, Does.Contain("served\n").And.Contain("Stopped: "));
    }

    [Test]
    public async Task A_package_is_restored_into_the_template_of_its_test_framework_and_has_a_server_for_the_tests(
        [Values("nunit with SafeLaunch.NUnit", "xunit with SafeLaunch.Xunit", "mstest with SafeLaunch.MSTest")] string combination,
        [ValueSource(nameof(Frameworks))] string framework)
    {
        Projects.IgnoreWithoutRuntimeFor(framework);
        var (template, package) = PartsOf(combination);
        var shop = await MakeShopAsync($"Shop.{template}.{framework}", framework);
        var folder = await Projects.MakeAsync(template, NameOf(package, framework), framework);
        await Projects.AddAsync(folder, Projects.Reference(package) + $"""<ItemGroup><ProjectReference Include="{shop}" /></ItemGroup>""");
        var source = Directory.EnumerateFiles(folder, "*est1.cs").Single();
        await File.WriteAllTextAsync(source, AddLines(await File.ReadAllTextAsync(source), template));

        Assert.That(await Projects.TestAsync(folder), Is.EqualTo("1"));
    }

    private static (string Template, string Package) PartsOf(string combination)
    {
        var parts = combination.Split(" with ");
        return (parts[0], parts[1]);
    }

    /// <summary>A name of which no part is a namespace of the packages.</summary>
    private static string NameOf(string package, string framework) => $"{package.Replace(".", "", StringComparison.Ordinal)}.{framework}";

    private static string SourceOf(string package) => package switch
    {
        "SafeLaunch" => OfHost,
        "SafeLaunch.AspNetCore" => OfWeb,
        "SafeLaunch.Hosting" => OfWorker,
        _ => OfChild,
    };

    /// <summary>A web program, of which the tests name a type.</summary>
    private static async Task<string> MakeShopAsync(string name, string framework)
    {
        var folder = await Projects.MakeAsync("web", name, framework);
        await File.WriteAllTextAsync(Path.Combine(folder, "Server.cs"), "namespace Shop; public sealed class Server;");
        return Path.Combine(folder, name + ".csproj");
    }

    /// <summary>A field at the beginning of the class, and an assertion at the beginning of the test.</summary>
    private static string AddLines(string source, string template)
    {
        var (field, assertion) = template switch
        {
            "nunit" => (FieldWithTearDown, $"Assert.That({Answer}, Is.EqualTo(\"Hello World!\"));"),
            "xunit" => (Field, $"Assert.Equal(\"Hello World!\", {Answer});"),
            _ => (Field, $"Assert.AreEqual(\"Hello World!\", {Answer});"),
        };
        var withField = Regex.Replace(source, @"(?<begin>class \w+\s*\{)", $"${{begin}} {field}", RegexOptions.None, Gate.Patience);
        return Regex.Replace(withField, @"(?<begin>void Test\w*\(\)\s*\{)", $"${{begin}} {assertion}", RegexOptions.None, Gate.Patience);
    }
}
