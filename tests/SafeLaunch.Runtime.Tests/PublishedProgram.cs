namespace SafeLaunch.Runtime.Tests;

/// <summary>One program under tests/assets/Published, published for this machine into separate folders.</summary>
/// <param name="name">The name of the program, its folder and its project.</param>
/// <param name="kind">How to publish it: "trimmed", "native" or "single-file".</param>
internal sealed class PublishedProgram(string name, string kind)
{
    /// <summary>Many times the usual time; a machine may be busy with other tests.</summary>
    private static readonly TimeSpan PublishTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(1);

    private readonly string output = Path.Combine(AppContext.BaseDirectory, "published", kind, name);

    private string Project => Repository.PathOf("tests/assets/Published", name, $"{name}.csproj");

    /// <summary>The libraries are published as they have been built with the tests, in the same configuration.</summary>
    public Task<ChildProcessResult> PublishAsync() => TestKit.ChildProcess.RunAsync(
        "dotnet",
        ["publish", this.Project, "--configuration", Repository.Configuration, "--no-dependencies", "--output", this.output, $"-p:PublishedAs={kind}", "-nodeReuse:false"],
        PublishTime);

    public Task<ChildProcessResult> RunAsync() => TestKit.ChildProcess.RunAsync(Path.Combine(this.output, name), [], RunTime);
}
