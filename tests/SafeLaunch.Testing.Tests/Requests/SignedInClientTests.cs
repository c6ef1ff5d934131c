using System.Globalization;
using System.Net;
using System.Security.Claims;

namespace SafeLaunch.Testing.Tests.Requests;

/// <summary>Clients whose user has signed in.</summary>
public sealed class SignedInClientTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For(SignedInShop.Run);

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [TestCase("/name")]
    [TestCase("/members")]
    [TestCase("/scheme")]
    public async Task A_request_of_a_signed_in_client_is_that_of_its_user(string path)
    {
        using var client = Server.CreateClient(user: "alice");

        Assert.That(await client.GetStringAsync(path).Within(), Is.EqualTo("alice"));
    }

    [Test]
    public async Task A_signed_in_client_has_its_roles_and_no_others()
    {
        using var admin = Server.CreateClient(user: "alice", roles: ["staff", "admin"], configure: WithoutRedirects);
        using var buyer = Server.CreateClient(user: "bob", roles: ["buyer"], configure: WithoutRedirects);

        Assert.That(await admin.GetStringAsync("/admin").Within(), Is.EqualTo("yes"));
        Assert.That(await StatusAsync(buyer, "/admin"), Is.EqualTo(HttpStatusCode.Redirect), "the app's own answer to a user who may not");
    }

    [Test]
    public async Task A_signed_in_client_has_its_claims()
    {
        using var buyer = Server.CreateClient(user: "bob", claims: [new Claim("scope", "buy")]);

        Assert.That(await buyer.GetStringAsync("/buyer").Within(), Is.EqualTo("yes"));
    }

    [Test]
    public async Task Two_clients_of_one_server_are_two_users()
    {
        using var alice = Server.CreateClient(user: "alice");
        using var bob = Server.CreateClient(user: "bob");

        Assert.That(await alice.GetStringAsync("/name").Within(), Is.EqualTo("alice"));
        Assert.That(await bob.GetStringAsync("/name").Within(), Is.EqualTo("bob"));
    }

    [Test]
    public async Task A_client_without_a_user_is_authenticated_as_always()
    {
        using var client = Server.CreateClient(WithoutRedirects);

        Assert.That(await StatusAsync(client, "/members"), Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await client.GetStringAsync("/name").Within(), Is.EqualTo("nobody"));
    }

    [Test]
    public async Task A_made_up_secret_signs_nobody_in()
    {
        _ = Server.CreateClient(user: "alice");
        using var client = Server.CreateClient(WithoutRedirects);
        client.DefaultRequestHeaders.Add("SafeLaunch-User", "alice");

        Assert.That(await StatusAsync(client, "/members"), Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task A_secret_of_one_server_signs_nobody_in_at_another()
    {
        await using var other = LaunchedServer.For(SignedInShop.Run);
        using var client = Server.CreateClient(user: "alice", configure: WithoutRedirects);

        using var answer = await client.GetAsync(new Uri(other.Start().Address, "/members")).Within();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task The_app_does_not_see_the_secret()
    {
        using var client = Server.CreateClient(user: "alice");

        Assert.That(await client.GetStringAsync("/headers").Within(), Does.Contain("SafeLaunch-Test").And.Not.Contain("SafeLaunch-User"));
    }

    [TestCase("{0}headers")]
    [TestCase("/away?to={0}headers")]
    public async Task Another_host_gets_neither_the_secret_nor_the_mark_of_the_test(string path)
    {
        var other = await Launcher.For(SignedInShop.Run, options => options.UseLoopback()).StartAsync();
        using var client = Server.CreateClient(user: "alice");

        var headers = await client.GetStringAsync(string.Format(CultureInfo.InvariantCulture, path, other.Address)).Within();

        Assert.That(headers, Does.Contain("Host").And.Not.Contain("SafeLaunch"));
        await other.DisposeAsync();
    }

    [TestCase("/away?to=/name")]
    [TestCase("/away?to=/away?to=/name")]
    public async Task A_redirect_of_the_server_to_itself_is_followed_as_the_user(string path)
    {
        using var client = Server.CreateClient(user: "alice");

        Assert.That(await client.GetStringAsync(path).Within(), Is.EqualTo("alice"));
    }

    [Test]
    public async Task A_redirect_that_keeps_the_method_keeps_the_content()
    {
        using var client = Server.CreateClient(user: "alice");
        using var content = new StringContent("apples");

        using var answer = await client.PostAsync(new Uri("/away?to=/echo", UriKind.Relative), content).Within();

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("apples"));
    }

    [Test]
    public async Task Redirects_without_an_end_are_followed_as_often_as_the_handler_says()
    {
        using var client = Server.CreateClient(user: "alice", configure: handler => handler.MaxAutomaticRedirections = 1);

        Assert.That(await StatusAsync(client, "/away?to=/away?to=/name"), Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task An_app_without_authentication_has_the_user_of_the_request()
    {
        await using var server = LaunchedServer.For(SignedInShop.RunWithoutAuthentication);
        using var client = server.CreateClient(user: "alice");

        Assert.That(await client.GetStringAsync("/name").Within(), Is.EqualTo("alice"));
    }

    [Test]
    public void CreateClient_refuses_a_user_without_a_name() => Assert.That(() => Server.CreateClient(user: ""), Throws.ArgumentException);

    private static void WithoutRedirects(SocketsHttpHandler handler) => handler.AllowAutoRedirect = false;

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative)).Within();
        return answer.StatusCode;
    }
}
