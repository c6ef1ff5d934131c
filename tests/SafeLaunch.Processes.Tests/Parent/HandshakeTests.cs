using System.Diagnostics;
using SafeLaunch.Processes.Tests.Commands;
using SafeLaunch.Wire;

namespace SafeLaunch.Processes.Tests.Parent;

/// <summary>The first words between a launch and its child process, where the child ends or stops answering in the midst of them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HandshakeTests
{
    [Test]
    public async Task A_child_that_ends_before_it_reads_its_order_fails_the_start_with_its_exit_code()
    {
        using var child = new PretendedChild("""
            channel.shutdown(socket.SHUT_RD)
            say_hello()
            print("No bread today.", flush=True)
            os._exit(7)
            """);

        var error = await child.Launcher().StartErrorAsync();

        Assert.That(error, Is.InstanceOf<LaunchException>());
        Assert.That(error.Message, Does.Contain("ended with exit code 7, before it was ready").And.Contain("No bread today.").And.Not.Contain("RunIfChild"));
    }

    [TestCase("say_hello()")]
    [TestCase("channel.shutdown(socket.SHUT_RD); say_hello()")]
    [TestCase("say_hello(); read_order()")]
    public async Task A_child_that_closes_its_connection_and_does_not_end_fails_the_start_and_is_killed(string words)
    {
        using var log = new LogRecorder();
        using var child = new PretendedChild($"""
            {words}
            print("process", os.getpid(), flush=True)
            channel.close()
            signal.pause()
            """);

        var error = await child.Launcher(options => options.LoggerFactory = log.Factory).StartErrorAsync();

        Assert.That(error, Is.InstanceOf<LaunchException>());
        Assert.That(error.Message, Does.Contain("has closed its connection and did not end"));
        await ProcessTable.IsGoneAsync(await log.WaitForProcessAsync());
    }

    [Test]
    public async Task A_running_child_that_closes_its_connection_and_does_not_end_has_crashed()
    {
        using var child = new PretendedChild("""
            say_hello()
            read_order()
            channel.sendall(struct.pack("<iii", 8, 3, 0))
            channel.close()
            signal.pause()
            """);
        await using var handle = await child.Launcher().StartAsync().Within();

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed), outcome.ToString());
        Assert.That(outcome.Exception?.Message, Does.Contain("has closed its connection and did not end"));
    }

    [Test]
    public async Task The_time_that_the_handshake_has_taken_is_not_given_to_the_child_again()
    {
        var startTimeout = TimeSpan.FromMinutes(1);
        using var log = new LogRecorder();
        using var gate = new FileGate();
        using var child = new PretendedChild($"""
            print("process", os.getpid(), flush=True)
            while not os.path.exists("{gate.Path}"):
                time.sleep(0.01)
            say_hello()
            print("order", read_order().hex(), flush=True)
            signal.pause()
            """);
        var launch = child.Launcher(options =>
        {
            options.LoggerFactory = log.Factory;
            options.StartTimeout = startTimeout;
            options.StopTimeout = TestLaunch.ShortStop;
        }).Source.Begin(new());
        await log.WaitForAsync(record => record.Id.Id == 52);
        var clock = Stopwatch.StartNew();
        await log.WaitForProcessAsync();
        var taken = clock.Elapsed;

        gate.Open();

        const string Word = "order ";
        var printed = await log.WaitForAsync(record => record.Message.StartsWith(Word, StringComparison.Ordinal));
        var order = (Order)MessageFormat.Read(Convert.FromHexString(printed.Message[Word.Length..]));
        launch.RequestStop("The test ends.");
        await launch.Completion.Within();
        Assert.That(order.StartTimeout, Is.LessThan(startTimeout - TimeSpan.FromMilliseconds(300) - taken));
    }
}
