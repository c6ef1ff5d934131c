using SafeLaunch.BrowserTests;
using SafeLaunch.RuntimeTests;

namespace SafeLaunch.TemplatesTests;

/// <summary>The templates of the .NET SDK, made and built as they are, and one console program that refers to all of them.</summary>
[SetUpFixture]
public sealed class Templates
{
    private const string RequireVariable = "SAFELAUNCH_REQUIRE_TEMPLATES";

    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(5);

    private static readonly (string Program, string[] Template)[] All =
    [
        ("TemplateWeb", ["web"]),
        ("TemplateWebApi", ["webapi"]),
        ("TemplateWebApp", ["webapp"]),
        ("TemplateMvc", ["mvc", "--auth", "Individual"]),
        ("TemplateBlazor", ["blazor"]),
        ("TemplateGrpc", ["grpc"]),
        ("TemplateWorker", ["worker"]),
    ];

    /// <summary>Gets a folder that no file of this repository is above: none of its build's rules reach the templates.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("SafeLaunch.Templates.").FullName;

    /// <summary>Gets the folder that the caller and all templates are built into.</summary>
    public static string Output => Path.Combine(Folder, "Caller", "bin", "Debug", "net10.0");

    [OneTimeSetUp]
    public async Task BuildThem()
    {
        foreach (var (program, template) in All)
        {
            await MakeAsync(program, template);
        }

        var caller = Directory.CreateDirectory(Path.Combine(Folder, "Caller")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Caller")))
        {
            File.Copy(file, Path.Combine(caller, Path.GetFileName(file)));
        }

        var build = await Command.RunAsync(
            "dotnet",
            ["build", caller, "--nologo", "--verbosity:quiet", "--disable-build-servers", $"-p:SafeLaunchFolder={AppContext.BaseDirectory}", "-p:UseAppHost=false", "-p:RunAnalyzers=false"],
            BuildTime);
        Assert.That(build.ExitCode, Is.Zero, build.Output);
    }

    [OneTimeTearDown]
    public void DeleteThem() => Directory.Delete(Folder, recursive: true);

    /// <summary>Without the templates the tests are ignored, unless the environment says that they have to be there.</summary>
    private static async Task MakeAsync(string program, string[] template)
    {
        var made = await Command.RunAsync(
            "dotnet",
            ["new", .. template, "--name", program, "--output", Path.Combine(Folder, program), "--no-restore", "--no-update-check"],
            Patience.Time);
        if (made.ExitCode == 0)
        {
            return;
        }

        var reason = $"The template '{template[0]}' cannot be made: {made.Output}";
        Assert.That(Environment.GetEnvironmentVariable(RequireVariable), Is.Not.EqualTo("1"), $"{reason} {RequireVariable} asks for it.");
        Assert.Ignore(reason);
    }
}
