using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

public sealed class ErrorListTests
{
    [Test]
    public void Each_error_is_told_and_kept_once_however_often_it_is_added()
    {
        var told = new List<Exception>();
        var errors = new ErrorList(told.Add);
        var (first, second) = (new InvalidOperationException("first"), new InvalidOperationException("second"));

        errors.Add(first);
        errors.Add(second);
        errors.Add(first);

        Assert.That(told, Is.EqualTo(new[] { first, second }));
        Assert.That(errors.ToException("both"), Is.TypeOf<AggregateException>()
            .With.Message.StartsWith("both").And.Property(nameof(AggregateException.InnerExceptions)).EqualTo(new[] { first, second }));
    }

    [Test]
    public void A_single_error_is_handed_on_as_it_is_and_none_as_none()
    {
        var errors = new ErrorList(_ => { });
        var error = new InvalidOperationException("only");

        Assert.That(errors.ToException("none"), Is.Null);
        errors.Add(error);
        Assert.That(errors.ToException("one"), Is.SameAs(error));
    }
}
