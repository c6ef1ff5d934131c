using System.Reflection;
using System.Text.RegularExpressions;

namespace SafeLaunch.Tests.AspNetCore;

public sealed class RecipeTests
{
    private const string LogLevel = "Logging__LogLevel__Default";

    [OneTimeSetUp]
    public void Let_the_hosts_be_silent() => Environment.SetEnvironmentVariable(LogLevel, "None");

    [OneTimeTearDown]
    public void Let_hosts_speak_again() => Environment.SetEnvironmentVariable(LogLevel, null);

    private static IEnumerable<TestCaseData> All() =>
        typeof(Recipes).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => new TestCaseData(method.CreateDelegate<Func<Task<LaunchHandle>>>()).SetArgDisplayNames(method.Name));

    [TestCaseSource(nameof(All))]
    public async Task Every_recipe_starts_can_be_reached_and_stops(Func<Task<LaunchHandle>> recipe)
    {
        await using var handle = await recipe().Within();

        Assert.That(await CanBeReachedAsync(handle.Address).Within(), Is.True);
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(await CanBeReachedAsync(handle.Address).Within(), Is.False);
    }

    [Test]
    public void Every_snippet_of_the_page_is_one_of_the_recipes()
    {
        var recipes = Lines(Read("Recipes.cs"));
        var snippets = Regex.Matches(Read("wrapping.md"), "```csharp\n(.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, Gate.Patience);

        Assert.That(snippets, Has.Count.GreaterThanOrEqualTo(All().Count()), "a recipe that is nowhere to be read");
        foreach (Match snippet in snippets)
        {
            Assert.That(recipes, Does.Contain(Lines(snippet.Value.Replace("```csharp", "", StringComparison.Ordinal).Replace("```", "", StringComparison.Ordinal))));
        }

        // Free of indentation, which differs.
        static string Lines(string text) =>
            string.Join('\n', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<bool> CanBeReachedAsync(Uri address)
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
