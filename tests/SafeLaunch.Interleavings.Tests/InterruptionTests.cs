using Microsoft.Coyote.Specifications;
using SafeLaunch.Threading;

namespace SafeLaunch.Interleavings.Tests;

/// <summary>The states of an interruption. The interrupts themselves go to a thread that is never started, since the tests' own must not be hit.</summary>
public sealed class InterruptionTests
{
    [Test]
    public void A_thread_that_has_left_user_code_is_not_interrupted() => Exploration.AllPass(async () =>
    {
        var interruption = new Interruption();
        var target = new Thread(static () => { });
        interruption.EnterUserCode();
        var interrupting = Task.Run(() =>
        {
            interruption.TryInterrupt(target);
            interruption.TryInterrupt(target);
        });
        interruption.ChangeUserCode();
        interruption.LeaveUserCode();
        await interrupting;

        Specification.Assert(!interruption.TryInterrupt(target), "It was interrupted outside.");
    });

    [Test]
    public void Interrupts_that_go_on_between_two_drains_are_over_when_user_code_is_left() => Exploration.AllPass(async () =>
    {
        var interruption = new Interruption();
        var target = new Thread(static () => { });
        var isOver = 0;
        var interrupting = Task.Run(() =>
        {
            for (var i = 0; i < 4 && Volatile.Read(ref isOver) == 0; i++)
            {
                interruption.TryInterrupt(target);
            }
        });
        for (var drain = 0; drain < 2; drain++)
        {
            interruption.EnterUserCode();
            interruption.ChangeUserCode();
            interruption.LeaveUserCode();
            Specification.Assert(!interruption.TryInterrupt(target), "It was interrupted between two drains.");
        }

        Volatile.Write(ref isOver, 1);
        await interrupting;
    });
}
