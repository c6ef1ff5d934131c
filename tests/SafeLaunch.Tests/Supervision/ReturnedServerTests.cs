using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

public sealed class ReturnedServerTests
{
    [Test]
    public void Only_something_to_dispose_of_that_is_no_host_holds_a_launch()
    {
        using var host = TestHosts.With();

        Assert.That(new object?[] { null, 1, host, new Disposable(() => { }) }.Select(IsHeld), Is.EqualTo(new[] { false, false, false, true }));

        static bool IsHeld(object? result)
        {
            var returned = new ReturnedServer(new(_ => { }));
            returned.Keep(result);
            return returned.IsHeld;
        }
    }

    [Test]
    public async Task A_server_is_disposed_of_once_and_held_no_longer()
    {
        var disposals = 0;
        var returned = new ReturnedServer(new(_ => { }));
        returned.Keep(new Disposable(() => disposals++));

        await returned.DisposeAsync().Within();
        await returned.DisposeLateAsync().Within();

        Assert.That((disposals, returned.IsHeld), Is.EqualTo((1, false)));
    }

    [Test]
    public async Task An_error_of_a_server_that_is_disposed_of_late_is_kept()
    {
        var errors = new List<Exception>();
        var error = new InvalidOperationException("dispose");
        var returned = new ReturnedServer(new(errors.Add));
        returned.Keep(new Disposable(() => throw error));

        await returned.DisposeLateAsync().Within();

        Assert.That(errors, Is.EqualTo(new[] { error }));
    }
}
