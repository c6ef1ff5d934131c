namespace SafeLaunch.Tests.Internal;

[Parallelizable(ParallelScope.All)]
public sealed class DisposalTests
{
    [Test]
    public async Task A_value_that_has_both_ways_to_be_disposed_of_is_disposed_of_asynchronously_alone()
    {
        var value = new BothWays();

        await Disposal.DisposeAsync(value).Within();

        Assert.That(value.Calls, Is.EqualTo(new[] { nameof(IAsyncDisposable.DisposeAsync) }));
    }

    [Test]
    public async Task A_value_that_is_only_IDisposable_is_disposed_of()
    {
        var isDisposed = false;

        await Disposal.DisposeAsync(new Disposable(() => isDisposed = true)).Within();

        Assert.That(isDisposed, Is.True);
    }

    [TestCase(null)]
    [TestCase("text")]
    public void A_value_that_is_not_disposable_is_left_alone(object? value)
    {
        Assert.That(Disposal.IsNeeded(value), Is.False);
        Assert.That(Disposal.DisposeAsync(value).Status, Is.EqualTo(TaskStatus.RanToCompletion));
    }

    [Test]
    public void Both_kinds_of_disposable_values_need_to_be_disposed_of()
    {
        Assert.That(Disposal.IsNeeded(new Disposable(() => { })), Is.True);
        Assert.That(Disposal.IsNeeded(new OnlyAsynchronous()), Is.True);
    }

    private sealed class BothWays : IDisposable, IAsyncDisposable
    {
        public List<string> Calls { get; } = [];

        public void Dispose() => this.Calls.Add(nameof(this.Dispose));

        public ValueTask DisposeAsync()
        {
            this.Calls.Add(nameof(this.DisposeAsync));
            return default;
        }
    }

    private sealed class OnlyAsynchronous : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => default;
    }
}
