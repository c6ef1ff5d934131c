using PluginHost;

namespace SafeLaunch.Plugins.Tests;

/// <summary>A plugin that can be loaded: a class in the output of a project.</summary>
/// <param name="Project">The folder of the project, from the root of the repository.</param>
/// <param name="Type">The class, without its namespace.</param>
internal sealed record TestPlugin(string Project, string Type)
{
    private static readonly string[] SafeLaunch = ["SafeLaunch", "SafeLaunch.AspNetCore"];

    /// <summary>The assemblies that it takes from the host, though it brings a copy.</summary>
    public string[] Shared { get; init; } = [];

    /// <summary>Built with the same configuration as the tests.</summary>
    public string Folder { get; } = Repository.OutputOf(Project);

    private string Path => System.IO.Path.Combine(this.Folder, System.IO.Path.GetFileName(this.Project) + ".dll");

    /// <summary>One of the plugins that launch something.</summary>
    /// <param name="type">The class, without its namespace.</param>
    /// <param name="isShared">Whether it takes SafeLaunch from the host.</param>
    public static TestPlugin Launching(string type, bool isShared = false) =>
        new TestPlugin("tests/assets/Plugins/LaunchPlugin", type).Sharing(isShared);

    public TestPlugin Sharing(bool isShared) => this with { Shared = isShared ? SafeLaunch : [] };

    public LoadedPlugin Load(params object?[] arguments) =>
        new(this.NewContext(), context => context.LoadPlugin(), this.Type, arguments);

    /// <summary>As hosts do that must not lock the file.</summary>
    public LoadedPlugin LoadFromStream(params object?[] arguments)
    {
        using var stream = File.OpenRead(this.Path);
        return new(this.NewContext(), context => context.LoadFromStream(stream), this.Type, arguments);
    }

    public override string ToString() => this.Type;

    private PluginLoadContext NewContext() => new(this.Path, this.Shared);
}
