using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

public sealed class AddressListTests
{
    [Test]
    public void A_list_of_addresses_grows_by_new_addresses_alone()
    {
        var (first, second, third) = (new Uri("http://localhost:81"), new Uri("http://localhost:82"), new Uri("http://localhost:83"));
        var list = new AddressList();
        Assert.That(list.Add([]), Is.False);
        Assert.That(list.Add([second, first, second]), Is.True);
        var before = list.Snapshot;

        Assert.That((list.Add([first]), list.Add([first, third]), list.Add([third])), Is.EqualTo((false, true, false)));

        Assert.That(list.Snapshot, Is.EqualTo(new[] { second, first, third }));
        Assert.That(before, Is.EqualTo(new[] { second, first }));
    }
}
