using System.Reflection;

namespace SafeLaunch.AspNetCore.Tests;

[NonParallelizable] // It sets an environment variable.
public sealed class WrappingExampleTests
{
    private const string LogLevel = "Logging__LogLevel__Default";

    [OneTimeSetUp]
    public void Let_the_hosts_be_silent() => Environment.SetEnvironmentVariable(LogLevel, "None");

    [OneTimeTearDown]
    public void Let_hosts_speak_again() => Environment.SetEnvironmentVariable(LogLevel, null);

    private static IEnumerable<TestCaseData> All() =>
        typeof(WrappingExamples).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => new TestCaseData(method.CreateDelegate<Func<Task<LaunchHandle>>>()).SetArgDisplayNames(method.Name));

    [TestCaseSource(nameof(All))]
    public async Task Every_example_of_the_page_starts_answers_and_stops(Func<Task<LaunchHandle>> example)
    {
        await using var handle = await example().Within();

        Assert.That(await CanBeReachedAsync(handle.Address).Within(), Is.True);
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(await CanBeReachedAsync(handle.Address).Within(), Is.False);
    }

    [Test]
    public void Every_snippet_of_the_page_is_one_of_the_examples_or_code_of_the_desktop_sample() =>
        new DocPage("wrapping.md").HasOnlySnippetsOf(atLeast: All().Count(), "tests/SafeLaunch.AspNetCore.Tests/WrappingExamples.cs", "samples/Desktop/ServerWindow.cs");

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
}
