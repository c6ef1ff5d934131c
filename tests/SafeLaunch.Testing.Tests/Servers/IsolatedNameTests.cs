namespace SafeLaunch.Testing.Tests.Servers;

public sealed class IsolatedNameTests
{
    private static string? ofTheOtherTest;

    [Test]
    public void A_test_gets_the_same_isolated_name_each_time()
    {
        var name = LaunchedServer.IsolatedName("todos");

        Assert.That(name, Does.Match("^todos_[a-z0-9]{8}_[0-9]+$"));
        Assert.That(LaunchedServer.IsolatedName("todos"), Is.EqualTo(name));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Two_tests_get_different_isolated_names(int test)
    {
        _ = test;
        var name = LaunchedServer.IsolatedName("todos");

        Assert.That(Interlocked.Exchange(ref ofTheOtherTest, name), Is.Not.EqualTo(name));
    }

    [Test]
    public async Task A_caller_outside_of_all_tests_gets_another_isolated_name_each_time()
    {
        Task<(string First, string Second)> make;
        using (ExecutionContext.SuppressFlow())
        {
            make = Task.Run(() => (LaunchedServer.IsolatedName("todos"), LaunchedServer.IsolatedName("todos")));
        }

        var (first, second) = await make.Within();
        Assert.That(first, Is.Not.EqualTo(second));
    }
}
