using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>Each on a separate thread, which takes its steps when the test allows it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InterruptionTests
{
    private readonly Interruption interruption = new();

    [Test]
    public void User_code_that_waits_is_interrupted()
    {
        using var isInside = new ManualResetEventSlim();
        var wasInterrupted = false;
        var thread = TestLaunch.OnThread(() =>
        {
            this.interruption.EnterUserCode();
            isInside.Set();
            wasInterrupted = IsInterrupted(Timeout.Infinite);
            this.interruption.LeaveUserCode();
        });
        isInside.Pass();

        Assert.That(this.interruption.TryInterrupt(thread), Is.True);

        thread.JoinInTime();
        Assert.That(wasInterrupted, Is.True);
    }

    [Test]
    public void A_thread_is_interrupted_neither_before_user_code_nor_after_it()
    {
        Assert.That(this.interruption.TryInterrupt(Thread.CurrentThread), Is.False);

        this.interruption.EnterUserCode();
        this.interruption.LeaveUserCode();

        Assert.That(this.interruption.TryInterrupt(Thread.CurrentThread), Is.False);
        Assert.That(IsInterrupted(1), Is.False);
    }

    [TestCase(1)]
    [TestCase(2)]
    public void An_interrupt_that_user_code_does_not_take_ends_with_it(int times)
    {
        using var stand = new Stand();
        var isInterruptedAfter = true;
        var thread = TestLaunch.OnThread(() =>
        {
            this.interruption.EnterUserCode();
            stand.Still();
            this.interruption.LeaveUserCode();
            isInterruptedAfter = IsInterrupted(1);
        });
        stand.WaitFor();

        var answers = Enumerable.Range(0, times).Select(_ => this.interruption.TryInterrupt(thread)).ToArray();
        stand.GoOn();

        thread.JoinInTime();
        Assert.That(answers, Is.All.True);
        Assert.That(isInterruptedAfter, Is.False);
    }

    [Test]
    public void An_interrupt_of_one_piece_of_user_code_is_not_for_the_next_which_has_its_own()
    {
        using var first = new Stand();
        using var second = new Stand();
        var isNextInterrupted = true;
        var thread = TestLaunch.OnThread(() =>
        {
            this.interruption.EnterUserCode();
            first.Still();
            this.interruption.ChangeUserCode();
            isNextInterrupted = IsInterrupted(1);
            second.Still();
            this.interruption.LeaveUserCode();
        });
        first.WaitFor();
        this.interruption.TryInterrupt(thread);
        first.GoOn();
        second.WaitFor();

        var isOfTheNext = this.interruption.TryInterrupt(thread);
        second.GoOn();

        thread.JoinInTime();
        Assert.That(isNextInterrupted, Is.False);
        Assert.That(isOfTheNext, Is.True);
    }

    private static bool IsInterrupted(int milliseconds)
    {
        try
        {
            Thread.Sleep(milliseconds);
            return false;
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
    }
}
