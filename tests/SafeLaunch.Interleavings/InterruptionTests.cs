using Microsoft.Coyote.Specifications;
using SafeLaunch.Threading;

namespace SafeLaunch.Interleavings;

/// <summary>The states of an interruption. The interrupts themselves go to a thread that is never started, since the tests' own must not be hit.</summary>
public sealed class InterruptionTests
{
    [Test]
    public void Nobody_is_interrupted_who_has_left_user_code() => Exploration.AllPass(async () =>
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
}
