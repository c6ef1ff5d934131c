namespace SafeLaunch.Plugins.Tests;

/// <summary>The page for plugin authors shows code that is built and run here.</summary>
public sealed class SnippetTests
{
    [Test]
    public void Every_snippet_of_the_page_is_code_of_the_samples_or_of_the_plugins_of_these_tests() => new DocPage("plugins.md").HasOnlySnippetsOf(
        atLeast: 1,
        "samples/McpServer/DrawingTools.cs",
        "samples/McpServer/Program.cs",
        "samples/McpServer/ToolServer.cs",
        "samples/PluginPage/PagePlugin.cs",
        "samples/PluginPage/PluginPage.csproj",
        "tests/SafeLaunch.Plugins.Tests/UnreferencedProgramTests.cs",
        "tests/assets/Plugins/LaunchPlugin/FilesPlugin.cs",
        "tests/assets/Plugins/GeneratedPlugin/GeneratedPlugin.csproj",
        "tests/assets/Programs/NetFrameworkParent/PageAddIn.cs",
        "tests/assets/Programs/NetFrameworkParent/ToolAddIn.cs",
        "tests/assets/Programs/PageProgram/PageProgram.csproj",
        "tests/assets/Programs/PageProgram/Program.cs",
        "tests/assets/Programs/ToolProgram/DrawingTools.cs",
        "tests/assets/Programs/ToolProgram/Program.cs");
}
