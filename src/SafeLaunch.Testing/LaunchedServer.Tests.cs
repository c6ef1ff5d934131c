using System.Diagnostics;
using SafeLaunch.Requests;
using SafeLaunch.Servers;

namespace SafeLaunch;

/// <content>What a server does for each single test.</content>
public sealed partial class LaunchedServer
{
    private readonly Dictionary<string, ServerInstance> ofTests = new(StringComparer.Ordinal);
    private bool isPerTest;
    private bool recordsTraces;

    /// <summary>
    /// Gets the spans of the caller's test, in the order in which they began, from each server that its requests reached. Some of them may
    /// not have ended yet. Empty without <see cref="RecordTraces"/>, and outside of all tests.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<Activity> Traces => this.recordsTraces && RunningTest.FindCurrent() is { } test ? TestTraces.Of(test) : [];

    /// <summary>
    /// Makes a name that no other test has, for what tests would otherwise share: a table, a queue, a folder. The same for each call with the same name in one test;
    /// outside of all tests, another for each call. Different in each process, too.
    /// </summary>
    /// <param name="name">What the result begins with.</param>
    /// <returns>The name, an underscore, and lower-case letters, digits and underscores.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static string IsolatedName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"{name}_{IsolatedNames.Suffix()}";
    }

    /// <summary>
    /// Gives each test a server that no other test has. It is started when the test first asks for it, and stopped when the test ends. At most
    /// two servers per processor, and no more than eight, start at once.
    /// </summary>
    /// <returns>The same object. To be called before the first start.</returns>
    public LaunchedServer PerTest()
    {
        this.isPerTest = true;
        return this;
    }

    /// <summary>
    /// Calls back for each test that uses the server, before the test gets it: to empty a database, for one. A test that starts it again gets it prepared
    /// again. Several calls add up, in their order. Tests that run
    /// at the same time and share a server are not kept apart.
    /// </summary>
    /// <param name="prepare">Gets the running launch. An exception that it throws fails the test each time that it asks for the server.</param>
    /// <returns>The same object. To be called before the first start.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="prepare"/> is null.</exception>
    public LaunchedServer BeforeEachTest(Func<LaunchHandle, Task> prepare)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        this.setup.BeforeEachTest(prepare);
        return this;
    }

    /// <summary>
    /// Records the spans that the requests of each test cause, for <see cref="Traces"/>. The clients of <see cref="CreateClient(Action{SocketsHttpHandler}?)"/> send the
    /// id of the trace in the header <c>traceparent</c>; spans of other traces are not recorded.
    /// </summary>
    /// <returns>The same object.</returns>
    public LaunchedServer RecordTraces()
    {
        this.recordsTraces = true;
        TestTraces.Record();
        return this;
    }

    /// <summary>The server of the caller: that of all tests, or with <see cref="PerTest"/> that of the caller's test, made if need be.</summary>
    internal ServerInstance GetInstance()
    {
        if (!this.isPerTest)
        {
            return this.shared;
        }

        var test = this.FindTest();
        lock (this.ofTests)
        {
            if (!this.ofTests.TryGetValue(test.Id, out var instance))
            {
                instance = new(this.setup);
                test.AtEnd(_ => this.EndAsync(test.Id, instance));
                this.ofTests.Add(test.Id, instance);
            }

            return instance;
        }
    }

    /// <summary>As <see cref="GetInstance"/>; null where the caller's test has none yet.</summary>
    private ServerInstance? FindInstance()
    {
        if (!this.isPerTest)
        {
            return this.shared;
        }

        var test = this.FindTest();
        lock (this.ofTests)
        {
            return this.ofTests.GetValueOrDefault(test.Id);
        }
    }

    private RunningTest FindTest() => RunningTest.FindCurrent() is { IsSingleTest: true } test
        ? test
        : throw new LaunchException($"Launch '{this.setup.Name}' has a server per test, and the caller is in no test. Ask for it in a test, or in the set-up of each test.");

    private Task EndAsync(string testId, ServerInstance instance)
    {
        lock (this.ofTests)
        {
            this.ofTests.Remove(testId);
        }

        return instance.StopAsync();
    }

    private Task EndAllAsync()
    {
        lock (this.ofTests)
        {
            return Task.WhenAll([this.shared.StopAsync(), .. this.ofTests.Values.Select(instance => instance.StopAsync())]);
        }
    }
}
