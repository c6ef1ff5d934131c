using System.Runtime.CompilerServices;

namespace SafeLaunch.Tests.Internal;

public sealed class BoundedWaitTests
{
    [Test]
    public async Task A_task_that_ends_in_time_has_ended_however_it_ends()
    {
        var source = Gate.NewSource();
        var ends = source.Task.EndsWithinAsync(Gate.Patience);

        source.SetException(new InvalidOperationException("in time"));

        Assert.That(await ends, Is.True);
        Assert.That(source.Task.Exception, Is.Not.Null, "now it is observed");
    }

    [Test]
    public async Task A_task_that_does_not_end_in_time_has_not_ended() =>
        Assert.That(await Gate.NewSource().Task.EndsWithinAsync(TimeSpan.FromMilliseconds(1)), Is.False);

    [Test]
    public async Task A_wait_may_be_longer_than_any_timer()
    {
        var source = Gate.NewSource();
        var ends = source.Task.EndsWithinAsync(TimeSpan.FromDays(100));

        source.SetResult();

        Assert.That(await ends, Is.True);
    }

    [TestCase(0)]
    [TestCase(-1_000)]
    public void A_wait_of_no_time_says_at_once_whether_its_task_has_ended(int milliseconds)
    {
        var answers = new[] { Gate.NewSource().Task, Task.CompletedTask }.Select(task => task.EndsWithinAsync(TimeSpan.FromMilliseconds(milliseconds))).ToArray();

        Assert.That(answers.Select(answer => answer.IsCompleted), Is.All.True);
        Assert.That(answers.Select(answer => answer.Result), Is.EqualTo(new[] { false, true }));
    }

#if NET
    [Test]
    public async Task A_wait_that_is_over_leaves_no_timer_behind()
    {
        const int Many = 1_000;
        var before = Timer.ActiveCount;

        for (var i = 0; i < Many; i++)
        {
            var source = Gate.NewSource();
            var ends = source.Task.EndsWithinAsync(TimeSpan.FromHours(1));
            source.SetResult();
            await ends;
        }

        Assert.That(Timer.ActiveCount - before, Is.LessThan(Many / 2), "a few may be those of other tests");
    }
#endif

    [Test]
    public void The_error_of_a_forgotten_task_is_observed_when_it_comes()
    {
        var unobserved = false;
        void Collect(object? sender, UnobservedTaskExceptionEventArgs e) =>
            unobserved |= e.Exception.InnerException?.Message is "forgotten";
        TaskScheduler.UnobservedTaskException += Collect;
        try
        {
            ForgetAndFail();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Collect;
        }

        Assert.That(unobserved, Is.False);

        // So that nothing on the stack keeps the task.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void ForgetAndFail()
        {
            var source = new TaskCompletionSource();
            source.Task.Forget();
            source.SetException(new InvalidOperationException("forgotten"));
        }
    }
}
