namespace SafeLaunch.Matrix.Tests;

/// <summary>A program that is one file, outside of this repository, which takes the packages of this repository from a feed that is a folder.</summary>
internal sealed class FileBasedApp : IDisposable
{
    private const string PackageVersion = "0.1.0-file";

    private static readonly string[] Packages = ["SafeLaunch", "SafeLaunch.AspNetCore"];

    /// <summary>Many times the usual time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string folder = Directory.CreateTempSubdirectory("SafeLaunch-file-").FullName;

    private static string PackagesFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Packs the packages as they were built with the tests.</summary>
    public async Task PackAsync()
    {
        await File.WriteAllTextAsync(this.PathOf("nuget.config"), """
            <configuration>
              <packageSources>
                <add key="packed" value="feed" />
              </packageSources>
            </configuration>
            """);

        // Each run packs the same version again.
        foreach (var cached in Directory.EnumerateDirectories(PackagesFolder, "safelaunch*").Select(package => Path.Combine(package, PackageVersion)).Where(Directory.Exists))
        {
            Directory.Delete(cached, recursive: true);
        }

        foreach (var package in Packages)
        {
            var packing = await ChildProcess.RunAsync(
                "dotnet",
                ["pack", Repository.PathOf("src", package), "--no-build", "--configuration", Repository.Configuration, "--output", this.PathOf("feed"), $"-p:Version={PackageVersion}", "-p:TargetFrameworks=net10.0", "-p:EnablePackageValidation=false", "-p:TreatWarningsAsErrors=false", "-nodeReuse:false"],
                Patience);
            Assert.That(packing.ExitCode, Is.Zero, packing.Output);
        }
    }

    /// <summary>Runs "dotnet run app.cs".</summary>
    /// <param name="directives">Its first lines, without the packages.</param>
    /// <param name="package">The package that it uses.</param>
    /// <param name="code">The program.</param>
    public async Task<ChildProcessResult> RunAsync(string directives, string package, string code)
    {
        var app = this.PathOf("app.cs");
        var data = Directory.CreateDirectory(this.PathOf("data")).FullName;
        await File.WriteAllTextAsync(app, $"{directives}\n#:package {package}@{PackageVersion}\n{code}");
        return await ChildProcess.RunAsync("dotnet", ["run", app], Patience, start =>
        {
            // The output of a file-based app lies in the data of the user otherwise.
            start.Environment["XDG_DATA_HOME"] = data;
            start.WorkingDirectory = this.folder;
        });
    }

    public void Dispose() => Directory.Delete(this.folder, recursive: true);

    private string PathOf(params string[] parts) => Path.Combine([this.folder, .. parts]);
}
