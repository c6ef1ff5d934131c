using SafeLaunch.Telemetry;

namespace SafeLaunch.Tests.Telemetry;

[Parallelizable(ParallelScope.All)]
public sealed class ListenerShieldTests
{
    [Test]
    public void Only_the_first_exception_of_a_listener_is_reported()
    {
        var reported = new List<string>();
        var shield = new ListenerShield(error => reported.Add(error.Message));

        shield.Try(() => { });
        Assert.That(reported, Is.Empty);
        shield.Try(() => throw new InvalidOperationException("one"));
        shield.Try(() => throw new InvalidOperationException("two"));

        Assert.That(reported, Is.EqualTo(new[] { "one" }));
    }
}
