namespace SafeLaunch.Scale.Tests;

/// <summary>The page on clusters and proxies shows code of the samples.</summary>
public sealed class SnippetTests
{
    [Test]
    public void Every_snippet_of_the_page_on_scale_is_code_of_the_samples() => new DocPage("scale.md").HasOnlySnippetsOf(
        atLeast: 7,
        "samples/Cluster/SiloLaunchers.cs",
        "samples/Cluster/Membership.cs",
        "samples/Cluster/Silo.cs",
        "samples/Front/BlueGreen.cs");
}
