namespace SafeLaunch.Tests;

/// <summary>Launcher.Run.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RunTests
{
    [Test]
    public void Run_stays_until_the_launch_returns()
    {
        var outcome = Launcher.For((LaunchContext context) => context.SignalReady()).Run();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public void Run_returns_the_crash_of_a_launch_that_was_ready()
    {
        var error = new InvalidOperationException();
        var outcome = Launcher.For((LaunchContext context) =>
        {
            context.SignalReady();
            throw error;
        }).Run();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public void Run_throws_what_the_launch_threw_before_it_was_ready()
    {
        var error = new InvalidOperationException();

        Assert.That(Assert.Catch(() => Launcher.For((LaunchContext _) => throw error).Run()), Is.SameAs(error));
    }
}
