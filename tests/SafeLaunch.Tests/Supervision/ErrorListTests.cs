using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

public sealed class ErrorListTests
{
    [Test]
    public void Each_error_is_reported_and_kept_once_however_often_it_is_added()
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
    public void A_list_of_one_error_gives_that_very_error_and_an_empty_list_null()
    {
        var errors = new ErrorList(_ => { });
        var error = new InvalidOperationException("only");

        Assert.That(errors.ToException("none"), Is.Null);
        errors.Add(error);
        Assert.That(errors.ToException("one"), Is.SameAs(error));
    }
}
