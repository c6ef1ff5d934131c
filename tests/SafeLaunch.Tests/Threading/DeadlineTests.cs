using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

public sealed class DeadlineTests
{
    [Test]
    public void An_infinite_deadline_never_passes_however_much_is_added()
    {
        foreach (var deadline in new[] { Deadline.After(Timeout.InfiniteTimeSpan), Deadline.AfterMilliseconds(Timeout.Infinite), Deadline.After(Timeout.InfiniteTimeSpan).Plus(TimeSpan.FromDays(1)) })
        {
            Assert.That(deadline.HasPassed, Is.False);
            Assert.That(deadline.Remaining, Is.EqualTo(Timeout.InfiniteTimeSpan));
            Assert.That(deadline.RemainingMilliseconds, Is.EqualTo(Timeout.Infinite));
        }
    }

    [Test]
    public void A_deadline_of_no_time_has_passed()
    {
        var deadline = Deadline.AfterMilliseconds(0);

        Assert.That(deadline.HasPassed, Is.True);
        Assert.That(deadline.Remaining, Is.EqualTo(TimeSpan.Zero));
        Assert.That(deadline.RemainingMilliseconds, Is.Zero);
    }

    [Test]
    public void A_deadline_that_has_passed_long_ago_has_no_time_remaining_and_not_less_than_none()
    {
        var deadline = Deadline.After(TimeSpan.FromDays(-1));

        Assert.That(deadline.HasPassed, Is.True);
        Assert.That(deadline.Remaining, Is.EqualTo(TimeSpan.Zero));
        Assert.That(deadline.RemainingMilliseconds, Is.Zero);
    }

    [Test]
    public void A_deadline_to_come_has_some_of_its_time_remaining()
    {
        var deadline = Deadline.After(TimeSpan.FromHours(1));

        Assert.That(deadline.HasPassed, Is.False);
        Assert.That(deadline.Remaining, Is.GreaterThan(TimeSpan.FromMinutes(30)).And.LessThanOrEqualTo(TimeSpan.FromHours(1)));
        Assert.That(deadline.RemainingMilliseconds, Is.GreaterThan(30 * 60 * 1000).And.LessThanOrEqualTo(60 * 60 * 1000));
    }

    [Test]
    public void Plus_moves_a_deadline_into_the_future()
    {
        var deadline = Deadline.AfterMilliseconds(0).Plus(TimeSpan.FromHours(1));

        Assert.That(deadline.HasPassed, Is.False);
        Assert.That(deadline.Remaining, Is.GreaterThan(TimeSpan.FromMinutes(30)).And.LessThanOrEqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public void The_later_of_two_deadlines_counts_where_one_is_to_be_no_sooner_than_another()
    {
        var soon = Deadline.AfterMilliseconds(0);
        var late = Deadline.After(TimeSpan.FromHours(1));

        Assert.That(soon.NoSoonerThan(TimeSpan.FromHours(1)).Remaining, Is.GreaterThan(TimeSpan.FromMinutes(30)));
        Assert.That(late.NoSoonerThan(TimeSpan.Zero).Remaining, Is.GreaterThan(TimeSpan.FromMinutes(30)));
    }

    [Test]
    public void The_milliseconds_of_a_deadline_that_has_not_passed_are_never_none()
    {
        var deadline = Deadline.AfterMilliseconds(20);
        var wereNone = false;

        // What remains is read first; if the deadline has not passed after that, it had not passed before.
        while (true)
        {
            var remaining = deadline.RemainingMilliseconds;
            if (deadline.HasPassed)
            {
                break;
            }

            wereNone |= remaining == 0;
        }

        Assert.That(wereNone, Is.False);
    }

    [Test]
    public void The_longest_wait_there_is_can_be_expressed()
    {
        Assert.That(Deadline.AfterMilliseconds(int.MaxValue).RemainingMilliseconds, Is.GreaterThan(int.MaxValue / 2));
        Assert.That(Deadline.After(TimeSpan.FromMilliseconds(int.MaxValue)).Plus(TimeSpan.FromDays(1)).RemainingMilliseconds, Is.EqualTo(int.MaxValue));
    }
}
