using System.Runtime.InteropServices;

namespace SafeLaunch.RuntimeTests;

/// <summary>A program outside of this repository that uses the package of the core, on another runtime.</summary>
internal sealed class PackedProgram : IDisposable
{
    private const string PackageVersion = "0.1.0-packed";

    private const string Source = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using SafeLaunch;

        await using var handle = await Launcher.StartAsync(() =>
        {
            using var host = new HostBuilder().ConfigureServices(services => services.AddSingleton("served")).Build();
            host.Run();
        });
        var thread = await handle.InvokeAsync(() => Environment.CurrentManagedThreadId);
        var threadAfterAwait = await handle.InvokeAsync(async () =>
        {
            await Task.Yield();
            return Environment.CurrentManagedThreadId;
        });
        var service = handle.Hosts[0].Services.GetRequiredService<string>();
        var outcome = await handle.StopAsync();
        Console.WriteLine($".NET {Environment.Version.Major}: {service}, on its thread: {thread == threadAfterAwait}, {outcome}");
        """;

    /// <summary>Many times the usual time; the runtime may have to be downloaded.</summary>
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(1);

    private readonly string folder = Directory.CreateTempSubdirectory("SafeLaunch-packed-").FullName;

    private static string PackagesFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Packs the core as it was built with the tests, and builds the program with that package.</summary>
    public async Task<CommandResult> BuildAsync(string framework, string runtime)
    {
        await File.WriteAllTextAsync(this.PathOf("Program.cs"), Source);
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
                <PackageReference Include="SafeLaunch" Version="{PackageVersion}" />
              </ItemGroup>
            </Project>
            """);

        // Each run packs the same version again.
        var cached = Path.Combine(PackagesFolder, "safelaunch", PackageVersion);
        if (Directory.Exists(cached))
        {
            Directory.Delete(cached, recursive: true);
        }

        var packing = await Command.RunAsync(
            "dotnet",
            ["pack", PublishedProgram.CoreProject, "--no-build", "--configuration", PublishedProgram.Configuration, "--output", this.PathOf("feed"), $"-p:Version={PackageVersion}", "-nodeReuse:false"],
            BuildTime);
        return packing.ExitCode != 0
            ? packing
            : await Command.RunAsync("dotnet", ["build", this.PathOf("PackedProgram.csproj"), "--output", this.PathOf("output"), "-nodeReuse:false"], BuildTime);
    }

    public Task<CommandResult> RunAsync() => Command.RunAsync(this.PathOf("output", "PackedProgram"), [], RunTime);

    public void Dispose() => Directory.Delete(this.folder, recursive: true);

    private string PathOf(params string[] parts) => Path.Combine([this.folder, .. parts]);
}
