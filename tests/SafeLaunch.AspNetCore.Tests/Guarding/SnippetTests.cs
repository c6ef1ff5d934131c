namespace SafeLaunch.AspNetCore.Tests.Guarding;

[NonParallelizable] // It sets an environment variable.
public sealed class SnippetTests
{
    private const string NoBrowser = "SAFELAUNCH_NO_BROWSER";

    [OneTimeSetUp]
    public void Open_no_browser() => Environment.SetEnvironmentVariable(NoBrowser, "1");

    [OneTimeTearDown]
    public void Let_browsers_open_again() => Environment.SetEnvironmentVariable(NoBrowser, null);

    [Test]
    public void Every_snippet_of_the_page_is_code_of_these_tests() =>
        new DocPage("security.md").HasOnlySnippetsOf(atLeast: 3, "tests/SafeLaunch.AspNetCore.Tests/Guarding/Snippets.cs");

    [Test]
    public async Task The_snippet_of_GuardAccess_admits_what_it_lists()
    {
        await using var app = await GuardedApp.StartAsync(options =>
        {
            Snippets.Exceptions(options);
            options.UseUrls("http://127.0.0.1:0");
        });

        Assert.That((await app.SendAsync("GET / HTTP/1.1", "Host: shop.example")).Status, Is.EqualTo(200));
        Assert.That((await app.GetAsync("Origin: http://localhost:5173")).Status, Is.EqualTo(200));
        Assert.That((await app.SendAsync("GET /signin-oidc HTTP/1.1", $"Host: {app.Host}", "Origin: http://evil.test")).Status, Is.EqualTo(200));
        Assert.That((await app.GetAsync("Origin: http://evil.test")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task The_client_of_the_page_is_served_where_a_token_is_required() =>
        Assert.That(await Snippets.TokenAsync(), Is.EqualTo("served"));

    [Test]
    public async Task The_client_of_the_page_is_served_on_a_Unix_socket()
    {
        var folder = Directory.CreateTempSubdirectory("snippet");
        try
        {
            Assert.That(await Snippets.UnixSocketAsync(folder.FullName), Is.EqualTo("served"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
