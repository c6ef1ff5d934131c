using SafeLaunch.Supervising;

namespace SafeLaunch.Hosting.Tests;

public sealed class SupervisionOptionsTests
{
    private static readonly Launcher Launcher = Launcher.For(() => { });

    [Test]
    public void Options_of_supervision_that_are_out_of_range_are_refused_with_their_name()
    {
        Assert.That(Refused(options => options.Delay = TimeSpan.FromTicks(-1)), Does.StartWith("Delay must be from 00:00:00 to 1.00:00:00."));
        Assert.That(Refused(options => options.MaxDelay = TimeSpan.FromMilliseconds(1)), Does.StartWith("MaxDelay must be from 00:00:01"));
        Assert.That(Refused(options => options.Period = TimeSpan.Zero), Does.StartWith("Period must be"));
        Assert.That(Refused(options => options.ResetAfter = TimeSpan.FromDays(2)), Does.StartWith("ResetAfter must be"));
        Assert.That(Refused(options => options.MaxRestarts = 0), Does.StartWith("MaxRestarts must be at least 1."));
        Assert.That(Refused(options => options.ShouldRestart = null!), Does.StartWith("ShouldRestart must not be null."));
        Assert.That(Refused(options => options.TimeProvider = null!), Does.StartWith("TimeProvider must not be null."));
        Assert.That(() => ((Launcher)null!).Supervised(), Throws.ArgumentNullException);
    }

    [Test]
    public void The_defaults_of_supervision_are_as_documented()
    {
        var options = SupervisionOptions.From(null);

        Assert.That(options.Delay, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(options.MaxDelay, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(options.UseJitter, Is.True);
        Assert.That(options.MaxRestarts, Is.EqualTo(5));
        Assert.That(options.Period, Is.EqualTo(TimeSpan.FromMinutes(2)));
        Assert.That(options.ResetAfter, Is.EqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(options.KeepAddress, Is.True);
        Assert.That(options.RetryFirstStart, Is.False);
        Assert.That(options.Pipeline, Is.Null);
    }

    [TestCase(0.0, 0.75)]
    [TestCase(0.5, 1.0)]
    [TestCase(1.0, 1.25)]
    public void Jitter_changes_a_delay_by_at_most_a_quarter(double random, double seconds) =>
        Assert.That(new RestartDelay(SupervisionOptions.From(null), () => random).Next(), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void Jitter_never_exceeds_MaxDelay() =>
        Assert.That(new RestartDelay(SupervisionOptions.From(options => options.MaxDelay = options.Delay), () => 1).Next(), Is.EqualTo(TimeSpan.FromSeconds(1)));

    [Test]
    public void A_supervised_launcher_has_the_name_of_its_launcher() => Assert.That(Launcher.Supervised().Name, Is.EqualTo(Launcher.Name));

    private static string Refused(Action<SupervisionOptions> configure) =>
        Assert.Catch<ArgumentException>(() => Launcher.Supervised(configure))!.Message;
}
