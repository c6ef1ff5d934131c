using SafeLaunch.Readiness;

namespace SafeLaunch.Tests.Readiness;

[Parallelizable(ParallelScope.All)]
public sealed class ProbeTests
{
    [Test]
    public async Task A_probe_is_tried_until_it_succeeds()
    {
        var tries = 0;

        await Probe.RepeatAsync("GET /", _ => ++tries < 3 ? throw new InvalidOperationException() : Task.CompletedTask, CancellationToken.None).Within();

        Assert.That(tries, Is.EqualTo(3));
    }

    [Test]
    public void A_probe_that_is_cancelled_before_its_first_try_says_what_did_not_answer()
    {
        var tries = 0;

        var error = Assert.ThrowsAsync<TimeoutException>(() => Probe.RepeatAsync("GET /", _ => Task.FromResult(++tries), new(canceled: true)).Within());

        Assert.That(error!.Message, Is.EqualTo("GET / did not answer"));
        Assert.That(error.InnerException, Is.Null);
        Assert.That(tries, Is.Zero);
    }

    [Test]
    public void A_probe_that_is_cancelled_within_a_try_says_what_went_wrong_in_the_one_before()
    {
        using var cancelled = new CancellationTokenSource();
        var errors = new Queue<Exception>([new InvalidOperationException("one"), new InvalidOperationException("two")]);

        var error = Assert.ThrowsAsync<TimeoutException>(() => Probe.RepeatAsync("GET /", TryAsync, cancelled.Token).Within());

        Assert.That(error!.Message, Is.EqualTo("GET / did not answer: two"));
        Assert.That(error.InnerException, Is.TypeOf<InvalidOperationException>());

        Task TryAsync(CancellationToken ofTry)
        {
            if (errors.Count > 0)
            {
                throw errors.Dequeue();
            }

            cancelled.Cancel();
            Assert.That(ofTry.IsCancellationRequested, Is.True);
            throw new OperationCanceledException(ofTry);
        }
    }

    [Test]
    public void A_probe_that_is_cancelled_between_two_tries_makes_no_further_one()
    {
        using var cancelled = new CancellationTokenSource();
        var tries = 0;

        Assert.ThrowsAsync<TimeoutException>(() => Probe.RepeatAsync("GET /", TryAsync, cancelled.Token).Within());

        Assert.That(tries, Is.EqualTo(1));

        async Task TryAsync(CancellationToken ofTry)
        {
            tries++;
            await cancelled.CancelAsync();
            Assert.That(ofTry.IsCancellationRequested, Is.True);
            throw new InvalidOperationException();
        }
    }
}
