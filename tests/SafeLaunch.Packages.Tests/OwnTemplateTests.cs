using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SafeLaunch.Packages.Tests;

/// <summary>The templates of SafeLaunch.Templates, installed from the package, made, built and run.</summary>
public sealed partial class OwnTemplateTests
{
    [OneTimeSetUp]
    public Task Install() => Sdk.RunAsync(Feed.Folder, "dotnet", "new", "install", Feed.FileOf("SafeLaunch.Templates"), "--debug:custom-hive", Feed.PathOf("hive"));

    [Test]
    public async Task The_console_of_its_template_shows_its_page_and_ends_by_a_signal([ValueSource(typeof(Projects), nameof(Projects.Frameworks))] string framework)
    {
        Projects.IgnoreWithoutRuntimeFor(framework);
        var folder = await MakeAsync("safelaunch-console", $"Console{framework[3]}", "--framework", framework);
        using var program = await StartAsync(folder);

        Assert.That(await GetAsync(await ReadAddressAsync(program)), Is.EqualTo($"Hello from Console{framework[3]}"));

        program.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM);
        Assert.That(await program.ExitAsync(), Is.Zero, program.Output);
        Assert.That(program.Output, Does.Contain("Stopped: "));
    }

    [Test]
    public async Task The_plugin_of_its_template_is_loaded_by_its_host_shows_its_page_and_ends([ValueSource(typeof(Projects), nameof(Projects.Frameworks))] string framework)
    {
        Projects.IgnoreWithoutRuntimeFor(framework);
        var folder = await MakeAsync("safelaunch-plugin", $"Plugin{framework[3]}", "--framework", framework);
        using var host = await StartAsync(Path.Combine(folder, $"Plugin{framework[3]}.Host"));

        var address = await ReadAddressAsync(host);
        Assert.That(await GetAsync(address), Does.Contain($"<h1>Plugin{framework[3]}</h1>"));
        Assert.That(await GetAsync(new Uri(address, "greeting")), Is.EqualTo($"Hello from Plugin{framework[3]}"));

        await host.WriteLineAsync("");
        await host.ReadToAsync("The plugin has ended.");
        Assert.That(await host.ExitAsync(), Is.Zero, host.Output);
    }

    /// <summary>On .NET 8 those frameworks which the SDK has no template for.</summary>
    [TestCase("NUnit", "net10.0")]
    [TestCase("xUnit2", "net10.0")]
    [TestCase("xUnit3", "net10.0")]
    [TestCase("xUnit3", "net8.0")]
    [TestCase("MSTest", "net10.0")]
    [TestCase("TUnit", "net10.0")]
    [TestCase("TUnit", "net8.0")]
    public async Task The_tests_of_their_template_pass(string testFramework, string framework)
    {
        Projects.IgnoreWithoutRuntimeFor(framework);
        var name = $"With{testFramework}On{framework[3]}";
        var folder = await MakeAsync("safelaunch-tests", name, "--test-framework", testFramework, "--framework", framework);

        Assert.That(await Projects.TestAsync(Path.Combine(folder, $"{name}.Tests")), Is.EqualTo("1"));
    }

    [Test]
    public async Task The_tests_of_their_template_can_be_made_for_a_program_that_is_there()
    {
        await Projects.MakeAsync("web", "Bakery", "net10.0");
        var folder = await MakeAsync("safelaunch-tests", "Tests", "--program", "../../Bakery/Bakery.csproj");

        Assert.That(Directory.EnumerateDirectories(folder).Select(Path.GetFileName), Is.EqualTo(new[] { "Tests.Tests" }));
        Assert.That(await Projects.TestAsync(Path.Combine(folder, "Tests.Tests")), Is.EqualTo("1"));
    }

    [Test]
    public void The_templates_refer_to_the_versions_that_the_tests_of_this_repository_use()
    {
        var versions = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .GroupBy(package => package.Attribute("Include")!.Value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(package => package.Attribute("Version")!.Value).ToArray(), StringComparer.Ordinal);
        var references = Directory.EnumerateFiles(Repository.PathOf("src/SafeLaunch.Templates/content"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(project => Reference().Matches(File.ReadAllText(project)))
            .Select(match => (Package: match.Groups["package"].Value, Version: match.Groups["version"].Value))
            .Where(reference => !reference.Package.StartsWith("SafeLaunch", StringComparison.Ordinal));

        Assert.That(references, Is.Not.Empty.And.All.Matches<(string Package, string Version)>(reference => versions[reference.Package].Contains(reference.Version, StringComparer.Ordinal)));
    }

    [GeneratedRegex("""<PackageReference Include="(?<package>[^"]*)" Version="(?<version>[^"]*)" />""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Reference();

    [GeneratedRegex("https?://[^ ]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Address();

    private static async Task<string> MakeAsync(string template, string name, params string[] arguments)
    {
        await Sdk.RunAsync(Feed.Folder, "dotnet", ["new", template, "--name", name, "--no-update-check", "--debug:custom-hive", Feed.PathOf("hive"), .. arguments]);
        return Feed.PathOf(name);
    }

    /// <summary>Builds a program without a warning, but for one of NuGet where a feed lacks the lowest version of a package, and starts it without the SDK between, so that a signal reaches the program.</summary>
    private static async Task<ChildProcess> StartAsync(string folder)
    {
        await Sdk.RunAsync(folder, "dotnet", "build", "--property:TreatWarningsAsErrors=true", "--property:NoWarn=NU1603");
        var program = Directory.EnumerateFiles(Path.Combine(folder, "bin"), Path.GetFileName(folder) + ".dll", SearchOption.AllDirectories).Single();
        return new("dotnet", [program], start => Sdk.Prepare(start, folder));
    }

    private static async Task<Uri> ReadAddressAsync(ChildProcess program)
    {
        var line = await program.ReadLineAsync();
        Assert.That(line, Is.Not.Null, program.Output);
        return new(Address().Match(line!).Value);
    }

    private static async Task<string> GetAsync(Uri address)
    {
        using var client = new HttpClient { Timeout = Gate.Patience };
        return await client.GetStringAsync(address);
    }
}
