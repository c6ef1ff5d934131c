
namespace SafeLaunch.Templates.Tests;

/// <summary>The templates of the .NET SDK, made and built as they are, and one console program that refers to all of them.</summary>
[SetUpFixture]
public sealed class BuiltTemplates
{
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
    public static string Output => OutputOf("Caller");

    /// <summary>The folder that a project is built into.</summary>
    public static string OutputOf(string project) => Path.Combine(Folder, project, "bin", "Debug", "net10.0");

    /// <summary>Publishes a template that has been built.</summary>
    /// <returns>The path of its assembly.</returns>
    public static async Task<string> PublishAsync(string program)
    {
        var output = Path.Combine(Folder, "Published", program);
        await RunAsync("publish", Path.Combine(Folder, program), "--no-build", "--configuration", "Debug", "--output", output, "-p:UseAppHost=false");
        return Path.Combine(output, program + ".dll");
    }

    [OneTimeSetUp]
    public async Task BuildThem()
    {
        foreach (var (program, template) in All)
        {
            await MakeAsync(program, template);
        }

        await BuildCallerAsync("TemplateCaller", "Caller");
        await BuildCallerAsync("PathCaller", "PathCaller");
    }

    [OneTimeTearDown]
    public void DeleteThem() => Directory.Delete(Folder, recursive: true);

    private static async Task BuildCallerAsync(string asset, string name)
    {
        var caller = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("tests/assets", asset)))
        {
            File.Copy(file, Path.Combine(caller, Path.GetFileName(file)));
        }

        await RunAsync("build", caller, $"-p:SafeLaunchFolder={AppContext.BaseDirectory}", "-p:UseAppHost=false", "-p:RunAnalyzers=false");
    }

    private static async Task RunAsync(string command, string project, params string[] arguments)
    {
        var run = await ChildProcess.RunAsync("dotnet", [command, project, "--nologo", "--verbosity:quiet", "--disable-build-servers", .. arguments], BuildTime);
        Assert.That(run.ExitCode, Is.Zero, run.Output);
    }

    /// <summary>Without the templates the tests are ignored, unless the environment says that they have to be there.</summary>
    private static async Task MakeAsync(string program, string[] template)
    {
        var made = await ChildProcess.RunAsync(
            "dotnet",
            ["new", .. template, "--name", program, "--output", Path.Combine(Folder, program), "--no-restore", "--no-update-check"],
            Gate.Patience);
        if (made.ExitCode != 0)
        {
            Tool.Templates.Ignore($"The template '{template[0]}' cannot be made: {made.Output}");
        }
    }
}
