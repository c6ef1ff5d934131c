namespace SafeLaunch.Testing.Tests.Frameworks;

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
