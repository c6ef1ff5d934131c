namespace SafeLaunch.Tests.Internal;

[Parallelizable(ParallelScope.All)]
public sealed class StopExceptionsTests
{
    private static readonly Exception Cancelled = new OperationCanceledException();
    private static readonly Exception Interrupted = new ThreadInterruptedException();
    private static readonly Exception Failed = new InvalidOperationException();

    [TestCase(true, true)]
    [TestCase(false, false)]
    public void A_cancellation_comes_from_the_stop_if_the_launch_is_stopping(bool isStopping, bool expected) =>
        Assert.That(StopExceptions.Include(Cancelled, isStopping, wasInterrupted: !isStopping), Is.EqualTo(expected));

    [TestCase(true, true)]
    [TestCase(false, false)]
    public void An_interrupt_comes_from_the_stop_if_the_stop_has_interrupted_the_thread(bool wasInterrupted, bool expected) =>
        Assert.That(StopExceptions.Include(Interrupted, isStopping: !wasInterrupted, wasInterrupted), Is.EqualTo(expected));

    [Test]
    public void Another_exception_never_comes_from_the_stop() =>
        Assert.That(StopExceptions.Include(Failed, isStopping: true, wasInterrupted: true), Is.False);

    [Test]
    public void Several_exceptions_come_from_the_stop_only_if_each_of_them_does() =>
        Assert.Multiple(() =>
        {
            Assert.That(Include(Cancelled), Is.True);
            Assert.That(Include(Cancelled, Interrupted, new AggregateException(Cancelled)), Is.True);
            Assert.That(Include(Cancelled, Failed), Is.False);
            Assert.That(Include(Cancelled, new AggregateException(Failed)), Is.False);
            Assert.That(Include(), Is.False, "there is none that comes from it");
        });

    private static bool Include(params Exception[] several) =>
        StopExceptions.Include(new AggregateException(several), isStopping: true, wasInterrupted: true);
}
