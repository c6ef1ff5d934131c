namespace SafeLaunch.Plugins.Tests;

/// <summary>A plugin that can be loaded: a class in the output of a project.</summary>
/// <param name="Project">The folder of the project, from the root of the repository.</param>
/// <param name="Type">The class, without its namespace.</param>
internal sealed record TestPlugin(string Project, string Type)
{
    private const string Tests = "tests/SafeLaunch.Plugins.Tests";

    private static readonly string[] SafeLaunch = ["SafeLaunch", "SafeLaunch.AspNetCore"];

    /// <summary>What it takes from the host, though it brings a copy.</summary>
    public string[] Shared { get; init; } = [];

    public string Name => Path.GetFileName(this.Project);

    /// <summary>Built with the same configuration as the tests.</summary>
    public string Folder { get; } = AppContext.BaseDirectory.Replace('\\', '/').Replace(Tests, Project, StringComparison.Ordinal);

    /// <summary>One of the plugins that launch something.</summary>
    /// <param name="type">The class, without its namespace.</param>
    /// <param name="isShared">Whether it takes SafeLaunch from the host.</param>
    public static TestPlugin Launching(string type, bool isShared = false) =>
        new TestPlugin("tests/TestPlugins/LaunchPlugin", type).Sharing(isShared);

    public TestPlugin Sharing(bool isShared) => this with { Shared = isShared ? SafeLaunch : [] };

    public LoadedPlugin Load(params object?[] arguments) =>
        new(new(Path.Combine(this.Folder, this.Name + ".dll"), this.Shared), this.Type, arguments);

    public override string ToString() => this.Type;
}
