using System.Runtime.InteropServices;

namespace SafeLaunch.Runtime.Tests;

/// <summary>A program outside of this repository that uses packages of SafeLaunch, on another runtime.</summary>
/// <param name="source">Its Program.cs.</param>
/// <param name="packages">The packages that it refers to, directly and through other packages.</param>
internal sealed class PackedProgram(string source, params string[] packages) : IDisposable
{
    private const string PackageVersion = "0.1.0-packed";

    /// <summary>Many times the usual time; the runtime may have to be downloaded.</summary>
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(1);

    private readonly string folder = Directory.CreateTempSubdirectory("SafeLaunch-packed-").FullName;

    /// <summary>Gets the file of the built program.</summary>
    public string Executable => this.PathOf("output", "PackedProgram");

    private static string PackagesFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Packs the packages as they were built with the tests, and builds the program with them.</summary>
    public async Task<ChildProcessResult> BuildAsync(string framework, string runtime)
    {
        await File.WriteAllTextAsync(this.PathOf("Program.cs"), source);
        await File.WriteAllTextAsync(this.PathOf("nuget.config"), """
            <configuration>
              <packageSources>
                <add key="packed" value="feed" />
              </packageSources>
            </configuration>
            """);
        await File.WriteAllTextAsync(this.PathOf("PackedProgram.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <CheckEolTargetFramework>false</CheckEolTargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>true</SelfContained>
                <RuntimeFrameworkVersion>{runtime}</RuntimeFrameworkVersion>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NoWarn>$(NoWarn);NU1603</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(package => $"<PackageReference Include=\"{package}\" Version=\"{PackageVersion}\" />"))}
              </ItemGroup>
            </Project>
            """);

        foreach (var package in packages)
        {
            var packing = await this.PackAsync(package);
            if (packing.ExitCode != 0)
            {
                return packing;
            }
        }

        return await TestKit.ChildProcess.RunAsync("dotnet", ["build", this.PathOf("PackedProgram.csproj"), "--output", this.PathOf("output"), "-nodeReuse:false"], BuildTime);
    }

    public Task<ChildProcessResult> RunAsync() => TestKit.ChildProcess.RunAsync(this.Executable, [], RunTime);

    public void Dispose() => Directory.Delete(this.folder, recursive: true);

    private async Task<ChildProcessResult> PackAsync(string package)
    {
        // Each run packs the same version again.
        var cached = Directory.EnumerateDirectories(PackagesFolder)
            .Where(folder => package.Equals(Path.GetFileName(folder), StringComparison.OrdinalIgnoreCase))
            .Select(folder => Path.Combine(folder, PackageVersion))
            .SingleOrDefault(Directory.Exists);
        if (cached is not null)
        {
            Directory.Delete(cached, recursive: true);
        }

        return await TestKit.ChildProcess.RunAsync(
            "dotnet",
            ["pack", Repository.PathOf("src", package, $"{package}.csproj"), "--no-build", "--configuration", Repository.Configuration, "--output", this.PathOf("feed"), $"-p:Version={PackageVersion}", "-nodeReuse:false"],
            BuildTime);
    }

    private string PathOf(params string[] parts) => Path.Combine([this.folder, .. parts]);
}
