using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>The delegates of StopWith, without a launch.</summary>
public sealed class StopActionsTests
{
    private static readonly InvalidOperationException First = new("first");
    private static readonly InvalidOperationException Second = new("second");

    [Test]
    public async Task Each_delegate_is_called_once_the_one_before_it_has_ended()
    {
        var gate = Gate.NewSource();
        var calls = new List<string>();
        var run = StopActions.RunAsync(
            [
                async _ =>
                {
                    await gate.Task;
                    calls.Add("first");
                },
                _ =>
                {
                    calls.Add("second");
                    return Task.CompletedTask;
                },
            ],
            default);
        Assert.That((calls.Count, run.IsCompleted), Is.EqualTo((0, false)));

        gate.SetResult();
        await run.Within();

        Assert.That(calls, Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public void The_error_of_one_delegate_is_thrown_as_it_is_and_the_errors_of_several_together()
    {
        Assert.That(() => RunAsync(First), Throws.Exception.SameAs(First));
        Assert.That(
            () => RunAsync(First, new OperationCanceledException(), Second),
            Throws.TypeOf<AggregateException>().With.Property(nameof(AggregateException.InnerExceptions)).Matches<IEnumerable<Exception>>(all => all.Contains(First) && all.Contains(Second) && all.Count() == 3));
    }

    [Test]
    public void Delegates_that_were_all_cancelled_are_cancelled_as_the_first_one()
    {
        var first = new OperationCanceledException("first");

        Assert.That(() => RunAsync(first, new OperationCanceledException("second")), Throws.Exception.SameAs(first));
    }

    /// <summary>With a delegate for each of these errors, and one that does not fail.</summary>
    private static Task RunAsync(params Exception[] errors) =>
        StopActions.RunAsync([.. errors.Select(error => (Func<CancellationToken, Task>)(_ => throw error)), _ => Task.CompletedTask], default).Within();
}
