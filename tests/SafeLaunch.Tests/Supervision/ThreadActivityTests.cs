using SafeLaunch.Supervision;
using SafeLaunch.Tests.Threading;

namespace SafeLaunch.Tests.Supervision;

public sealed class ThreadActivityTests
{
    [Test]
    public async Task A_launch_thread_is_about_to_run_the_next_work_between_two_pieces_of_launched_code_and_in_the_end_it_has_ended()
    {
        var thread = new Observer().StartThread();
        var between = "";
        var inside = "";
        await thread.Context.InvokeAsync(() =>
        {
            thread.Context.RunOwnCode(() => between = ThreadActivity.Of(thread, BlockingWaitBehavior.Pump));
            inside = ThreadActivity.Of(thread, BlockingWaitBehavior.Pump);
            return Task.FromResult(true);
        }).Within();

        await thread.CloseAsync().Within();

        Assert.That(between, Is.EqualTo("is about to run the next work"));
        Assert.That(inside, Is.EqualTo("is in launched code, where it runs a loop, computes, or is blocked outside of .NET"));
        Assert.That(ThreadActivity.Of(thread, BlockingWaitBehavior.Pump), Is.EqualTo("has ended"));
    }
}
