using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Supervision;
using SafeLaunch.Tests.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>Servers that go on after the stop of their launch.</summary>
public sealed class AnsweringAddressTests
{
    [Test]
    public async Task A_launch_whose_address_still_answers_after_an_interrupt_is_Abandoned()
    {
        using var server = new TakenPort();
        var address = new Uri($"tcp://localhost:{server.Port}");
        var handle = await Launcher.For(
            context =>
            {
                context.SignalReady(address);
                Thread.Sleep(Timeout.Infinite);
            },
            options => options.StopTimeout = TestLaunch.ShortStop).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Does.Contain($"{address} still answers"));
    }

    [Test]
    public async Task A_launch_that_returned_and_knows_no_host_is_Abandoned_while_its_address_answers()
    {
        using var server = new TakenPort();
        var address = new Uri($"http://127.0.0.1:{server.Port}");
        var handle = await Launcher.For(context =>
        {
            context.AddAddresses(address);
        }).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Does.Contain($"{address} still answers").And.Contain("StopWith"));
    }

    [Test]
    public async Task A_launch_whose_host_hangs_in_its_stop_is_Abandoned_while_its_address_answers()
    {
        using var server = new TakenPort();
        using var mayEnd = new ManualResetEventSlim();
        var address = new Uri($"http://127.0.0.1:{server.Port}");
        var handle = await Launcher.For(
            context =>
            {
                context.AddAddresses(address);
                TestHosts.With(new FailingService { WhenStopped = () => mayEnd.Wait() }).Start();
            },
            options => options.StopTimeout = TestLaunch.ShortStop).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();
        mayEnd.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Does.Contain($"{address} still answers"));
    }

    [Test]
    public async Task A_server_that_closes_a_moment_after_it_is_asked_to_is_Stopped()
    {
        var server = new TcpListener(IPAddress.Loopback, port: 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        var hasAnswered = Gate.NewSource();
        _ = CloseAfterOneVisitAsync();
        var handle = await Launcher.For(context => context.AddAddresses(new Uri($"tcp://127.0.0.1:{port}"))).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(hasAnswered.Task.IsCompleted, Is.True);

        async Task CloseAfterOneVisitAsync()
        {
            using var visit = await server.AcceptTcpClientAsync();
            server.Stop();
            hasAnswered.SetResult();
        }
    }

    [Test]
    public async Task An_address_of_another_machine_is_not_tried()
    {
        var handle = await Launcher.For(context => context.AddAddresses(new Uri("https://shop.example/"))).StartAsync().Within();

        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task Only_an_address_of_the_loopback_with_a_port_is_found_to_answer()
    {
        using var server = new TakenPort();
        var address = new Uri($"http://127.0.0.1:{server.Port}");
        var now = Deadline.After(TimeSpan.Zero);
        Uri[] others = [new("tcp://localhost"), new($"http://0.0.0.0:{server.Port}")];

        Assert.That(await AnsweringAddress.FindAsync([.. others, address], now).Within(), Is.EqualTo(address));
        Assert.That(await AnsweringAddress.FindAsync(others, now).Within(), Is.Null);
        Assert.That(await AnsweringAddress.FindAsync([], now).Within(), Is.Null);
    }
}
