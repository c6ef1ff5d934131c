using System.Reflection;

namespace SafeLaunch.RuntimeTests;

/// <summary>One program under tests/PublishedPrograms, published for this machine into separate folders.</summary>
/// <param name="name">The name of the program, its folder and its project.</param>
/// <param name="kind">How to publish it: "trimmed" or "native".</param>
internal sealed class PublishedProgram(string name, string kind)
{
    /// <summary>Many times the usual time; a machine may be busy with other tests.</summary>
    private static readonly TimeSpan PublishTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(1);

    private static readonly Assembly Tests = typeof(PublishedProgram).Assembly;

    private readonly string output = Path.Combine(AppContext.BaseDirectory, "published", kind, name);

    /// <summary>That of the tests.</summary>
    public static string Configuration => Tests.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>That of the core, which is built with the tests.</summary>
    public static string CoreProject => Path.Combine(Folder, "..", "..", "src", "SafeLaunch", "SafeLaunch.csproj");

    private static string Folder => Tests.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key is "PublishedPrograms").Value!;

    private string Project => Path.Combine(Folder, name, $"{name}.csproj");

    /// <summary>The libraries are published as they have been built with the tests, in the same configuration.</summary>
    public Task<CommandResult> PublishAsync() => Command.RunAsync(
        "dotnet",
        ["publish", this.Project, "--configuration", Configuration, "--no-dependencies", "--output", this.output, $"-p:PublishedAs={kind}", "-nodeReuse:false"],
        PublishTime);

    public Task<CommandResult> RunAsync() => Command.RunAsync(Path.Combine(this.output, name), [], RunTime);
}
