namespace SafeLaunch.Python.Tests;

/// <summary>The page on Python shows code of the sample.</summary>
public sealed class SnippetTests
{
    [Test]
    public void Every_snippet_of_the_page_on_Python_is_code_of_the_sample() => new DocPage("python.md").HasOnlySnippetsOf(
        atLeast: 4,
        "samples/PythonPage/PythonServer.cs",
        "samples/PythonPage/PythonCommand.cs",
        "samples/PythonPage/page.py");
}
