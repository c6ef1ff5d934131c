using SafeLaunch.Frameworks;

namespace SafeLaunch.Testing.Tests;

/// <summary>What a test does for the adapter of each framework.</summary>
public sealed class RunningTestTests
{
    [Test]
    public async Task A_line_is_refused_once_its_test_has_ended()
    {
        var test = new KeptLines();
        Assert.That(test.TryWriteLine("in time"), Is.True);

        await test.EndAsync(failed: false).Within();

        Assert.That(test.IsOver, Is.True);
        Assert.That(test.TryWriteLine("late"), Is.False);
        Assert.That(test.Lines, Is.EqualTo(new[] { "in time" }));
    }

    [Test]
    public void A_line_is_refused_where_the_framework_has_taken_the_output_of_the_test() =>
        Assert.That(new TakenOutput().TryWriteLine("late"), Is.False);

    [Test]
    public void A_file_is_named_in_the_output_of_a_test_whose_framework_has_no_attachments()
    {
        var test = new KeptLines();

        test.Attach("/shop/stock.txt", "The stock");

        Assert.That(test.Lines, Is.EqualTo(new[] { "The stock: /shop/stock.txt" }));
    }

    [Test]
    public async Task A_test_that_has_begun_is_found_in_its_own_flow_only()
    {
        var adapter = new PlainAdapterAttribute();
        var first = new KeptLines();
        var second = new KeptLines();

        var found = await Task.WhenAll(FindAsync(first), FindAsync(second)).Within();

        Assert.That(found, Is.EqualTo(new RunningTest[] { first, second }));
        Assert.That(adapter.FindCurrentTest(), Is.Null);

        async Task<RunningTest?> FindAsync(RunningTest test)
        {
            test.Begin();
            await Task.Yield();
            return adapter.FindCurrentTest();
        }
    }

    [Test]
    public async Task The_failure_of_a_server_fails_the_end_of_its_test_once_all_actions_have_run()
    {
        var test = new KeptLines();
        var failure = new LaunchException("The server has crashed.");
        List<int> ran = [];
        test.AtEnd(_ => RunAsync(1, error: null));
        test.AtEnd(_ => RunAsync(2, failure));
        test.AtEnd(_ => RunAsync(3, new InvalidOperationException("No picture.")));

        Assert.That(await test.EndAsync(failed: false).ErrorAsync(), Is.SameAs(failure));

        Assert.That(ran, Is.EqualTo(new[] { 3, 2, 1 }));
        Assert.That(test.IsOver, Is.True);
        Assert.That(test.Lines, Has.Some.Contains("No picture."));

        async Task RunAsync(int action, Exception? error)
        {
            await Task.Yield();
            ran.Add(action);
            if (error is not null)
            {
                throw error;
            }
        }
    }

    [Test]
    public void The_failures_of_several_servers_are_all_in_the_failure_of_the_end()
    {
        var test = new KeptLines();
        test.AtEnd(_ => throw new LaunchException("The shop has crashed."));
        test.AtEnd(_ => throw new LaunchException("The bank has crashed."));

        Assert.That(() => test.End(failed: false), Throws.TypeOf<LaunchException>().With.Message.Contains("The shop has crashed.").And.Message.Contains("The bank has crashed."));
    }

    [Test]
    public async Task A_test_that_has_ended_gets_no_more_actions_for_its_end()
    {
        var test = new KeptLines();
        await test.EndAsync(failed: false).Within();

        Assert.That(() => test.AtEnd(_ => Task.CompletedTask), Throws.TypeOf<LaunchException>().With.Message.Contains("has ended"));
    }

    [Test]
    public async Task A_test_whose_framework_has_not_ended_it_is_ended_when_another_test_begins()
    {
        var ended = Gate.NewSource();
        new ForgottenTest().AtEnd(_ =>
        {
            ended.SetResult();
            return Task.CompletedTask;
        });

        RunningTests.Add(new KeptLines());

        await ended.Task.Within();
    }

    private sealed class ForgottenTest : RunningTest
    {
        public override bool IsOver => true;

        protected override void WriteLine(string line)
        {
        }
    }

    private sealed class KeptLines : RunningTest
    {
        public List<string> Lines { get; } = [];

        protected override void WriteLine(string line) => this.Lines.Add(line);
    }

    private sealed class TakenOutput : RunningTest
    {
        protected override void WriteLine(string line) => throw new InvalidOperationException("The test is over.");
    }

    /// <summary>The adapter of a framework that does not say which test runs.</summary>
    [AttributeUsage(AttributeTargets.Assembly)]
    private sealed class PlainAdapterAttribute : TestFrameworkAdapterAttribute;
}
