using System.Collections.Concurrent;

namespace SafeLaunch.Tests.Supervision;

/// <summary>The addresses of a launch, as the code that starts it is told of them.</summary>
public sealed class AddressNoticeTests
{
    [Test]
    public async Task The_starter_of_a_launch_is_told_all_addresses_each_time_that_there_are_more_from_the_first_one_on()
    {
        Uri[] all = [new("http://127.0.0.1:81"), new("http://127.0.0.1:82"), new("http://127.0.0.1:83")];
        var added = Gate.NewSource();
        var told = new ConcurrentQueue<IReadOnlyList<Uri>>();
        var launcher = Launcher.For(context =>
        {
            context.AddAddresses(all[0]);
            context.SignalReady(all[1]);
            context.AddAddresses(all[0]);
            context.AddAddresses(all[2]);
            added.SetResult();
            context.Stopping.WaitHandle.WaitOne();
        });

        await using var handle = new LaunchHandle(launcher.Source.Begin(new() { OnAddressesAdded = told.Enqueue }));
        await added.Task.Within();

        Assert.That(told, Is.EqualTo(new[] { [all[0]], [all[0], all[1]], all }));
    }
}
