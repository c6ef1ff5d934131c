using System.Text.RegularExpressions;

namespace SafeLaunch.Packages.Tests;

/// <summary>The packages for tests in the templates of the SDK for tests.</summary>
public sealed class SdkTestTemplateTests
{
    private const string Field = "private static readonly SafeLaunch.LaunchedServer Server = SafeLaunch.LaunchedServer.For<Shop.Server>();";

    /// <summary>The analyzers in the template of NUnit refuse a field that no tear-down disposes of.</summary>
    private const string FieldWithTearDown = Field + " [OneTimeTearDown] public async Task Stop() => await Server.DisposeAsync();";
    private const string Answer = "Server.CreateClient().GetStringAsync(\"/\").GetAwaiter().GetResult()";

    [Test]
    public async Task A_package_is_restored_into_the_template_of_its_test_framework_and_has_a_server_for_the_tests(
        [Values("nunit with SafeLaunch.NUnit", "xunit with SafeLaunch.Xunit", "mstest with SafeLaunch.MSTest")] string combination,
        [ValueSource(typeof(Projects), nameof(Projects.Frameworks))] string framework)
    {
        Projects.IgnoreWithoutRuntimeFor(framework);
        var (template, package) = Projects.PartsOf(combination);
        var folder = await MakeTestsAsync(template, package, framework);
        var source = Directory.EnumerateFiles(folder, "*est1.cs").Single();
        await File.WriteAllTextAsync(source, AddLines(await File.ReadAllTextAsync(source), template));

        Assert.That(await Projects.TestAsync(folder), Is.EqualTo("1"));
    }

    [Test]
    public async Task SafeLaunch_Playwright_is_restored_into_a_template_of_tests_and_opens_a_page_in_a_browser(
        [ValueSource(typeof(Projects), nameof(Projects.Frameworks))] string framework)
    {
        Projects.IgnoreWithoutRuntimeFor(framework);
        var browser = Tool.Browser.FindOrIgnore();
        var folder = await MakeTestsAsync("nunit", "SafeLaunch.Playwright", framework);
        await Projects.AddAsync(folder, Projects.Reference("SafeLaunch.NUnit"));
        await Projects.WriteCodeAsync(folder, OfBrowser(browser));

        Assert.That(await Projects.TestAsync(folder), Is.EqualTo("1"));
    }

    /// <summary>Makes tests that refer to a package, and to a web program of which the tests name a type.</summary>
    private static async Task<string> MakeTestsAsync(string template, string package, string framework)
    {
        var name = Projects.NameOf(package, framework);
        var shop = await Projects.MakeAsync("web", "ShopOf" + name, framework);
        await File.WriteAllTextAsync(Path.Combine(shop, "Server.cs"), "namespace Shop; public sealed class Server;");
        var folder = await Projects.MakeAsync(template, name, framework);
        await Projects.AddAsync(folder, Projects.Reference(package) + Projects.ReferenceTo(shop));
        return folder;
    }

    private static string OfBrowser(string path) => $$"""
        using Microsoft.Playwright;
        using SafeLaunch;

        public sealed class ShopTests
        {
            private static readonly LaunchedServer Server = LaunchedServer.For<Shop.Server>();

            [OneTimeTearDown]
            public async Task Stop() => await Server.DisposeAsync();

            [Test]
            public async Task The_shop_has_a_page()
            {
                using var playwright = await Playwright.CreateAsync();
                var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = @"{{path}}", Args = ["--no-sandbox"] });
                var page = await Server.NewPageAsync(browser);

                await page.GotoAsync("/");

                Assert.That(await page.ContentAsync(), Does.Contain("Hello World!"));
            }
        }
        """;

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
