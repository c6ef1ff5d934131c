namespace SafeLaunch.Docs.Tests.Snippets;

public sealed class SnippetTests
{
    [TestCase("how-to/wpf.md", "tests/SafeLaunch.Docs.Tests/Snippets/WpfApp.cs")]
    [TestCase("how-to/blazor-in-revit.md", "tests/SafeLaunch.Docs.Tests/Snippets/BlazorInRevit.cs")]
    [TestCase("how-to/stop-a-web-host.md", "tests/SafeLaunch.Docs.Tests/Snippets/WebHosts.cs")]
    [TestCase("how-to/several-web-hosts.md", "tests/SafeLaunch.Docs.Tests/Snippets/WebHosts.cs")]
    [TestCase("how-to/playwright-with-webapplicationfactory.md", "tests/SafeLaunch.Playwright.Tests/ShopPageTests.cs")]
    [TestCase("../README.md", "docs/getting-started/wrap.md")]
    [TestCase("site/index.md", "tests/SafeLaunch.Docs.Tests/Snippets/WebHosts.cs", "tests/SafeLaunch.NUnit.Tests/Snippets/PerFixture.cs", "samples/PluginPage/PagePlugin.cs")]
    public void Every_snippet_of_a_page_is_code_that_runs(string page, params string[] sources) =>
        new DocPage(page).HasOnlySnippetsOf(atLeast: 1, sources);
}
