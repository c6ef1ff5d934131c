using System.Globalization;
using System.Runtime.InteropServices;

namespace SafeLaunch.Hosting.Tests.Systemd;

/// <summary>Services in processes, which tell a real datagram socket what systemd would be told.</summary>
[Platform("Linux")]
[Parallelizable(ParallelScope.All)]
public sealed class SystemdTests
{
    private const string Ready = "READY=1";
    private const string Alive = "WATCHDOG=1";
    private const string Stopping = "STOPPING=1";

    [TestCase("run", false, "Stopped: The process received SIGTERM.")]
    [TestCase("run", true, "Stopped: The process received SIGTERM.")]
    [TestCase("supervised", false, "Stopped: The process received SIGTERM.")]
    [TestCase("host", false, "The host has ended.")]
    public async Task Systemd_is_told_that_a_service_is_ready_when_its_launch_is_and_that_it_stops(string mode, bool isAbstract, string lastLine)
    {
        using var systemd = new NotifySocket(isAbstract);
        using var service = ServiceProcess.Start(mode, ("NOTIFY_SOCKET", systemd.Variable));
        await service.ReadAsync("begun");
        Assert.That(systemd.HasMessage, Is.False);

        await service.WriteLineAsync("be ready");
        var first = await systemd.ReadAsync();
        service.Signal(PosixSignal.SIGTERM);
        var second = await systemd.ReadAsync();
        await service.ReadAsync(lastLine);

        Assert.That((first, second), Is.EqualTo((Ready, Stopping)));
        Assert.That(await service.ExitAsync(), Is.Zero);
        Assert.That(systemd.HasMessage, Is.False);
    }

    [TestCase("run")]
    [TestCase("host")]
    public async Task The_watchdog_is_told_of_a_service_that_lives_and_not_while_a_launch_leaves_posted_work_unserved(string mode)
    {
        using var systemd = new NotifySocket(isAbstract: false);
        using var service = ServiceProcess.Start(mode, ("NOTIFY_SOCKET", systemd.Variable), ("WATCHDOG_USEC", "200000"));
        await service.WriteLineAsync("be ready");
        Assert.That(await systemd.ReadOtherThanAsync(Alive), Is.EqualTo(Ready));
        Assert.That(await systemd.ReadAsync(), Is.EqualTo(Alive));
        Assert.That(await systemd.ReadAsync(), Is.EqualTo(Alive));

        await service.WriteLineAsync("hang");
        await systemd.ReadToSilenceAsync(TimeSpan.FromSeconds(1));
        await service.WriteLineAsync("go on");

        Assert.That(await systemd.ReadAsync(), Is.EqualTo(Alive));
    }

    [Test]
    public async Task The_watchdog_is_told_of_a_host_that_lives_until_all_of_its_launches_have_stopped()
    {
        using var systemd = new NotifySocket(isAbstract: false);
        using var service = ServiceProcess.Start("early host", ("NOTIFY_SOCKET", systemd.Variable), ("WATCHDOG_USEC", "200000"));
        await service.WriteLineAsync("be ready");
        Assert.That(await systemd.ReadOtherThanAsync(Alive), Is.EqualTo(Ready));
        await service.WriteLineAsync("stay");
        await service.ReadToAsync("stays");

        service.Signal(PosixSignal.SIGTERM);
        Assert.That(await systemd.ReadOtherThanAsync(Alive), Is.EqualTo(Stopping));
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await systemd.ReadAsync(), Is.EqualTo(Alive));
        }

        await service.WriteLineAsync("go");
        await service.ReadToAsync("The host has ended.");
        Assert.That(await service.ExitAsync(), Is.Zero);
    }

    [Test]
    public async Task The_watchdog_of_another_process_is_told_nothing()
    {
        using var systemd = new NotifySocket(isAbstract: false);
        var other = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var service = ServiceProcess.Start("run", ("NOTIFY_SOCKET", systemd.Variable), ("WATCHDOG_USEC", "1000"), ("WATCHDOG_PID", other));
        await service.WriteLineAsync("be ready");
        var first = await systemd.ReadAsync();

        service.Signal(PosixSignal.SIGTERM);
        var second = await systemd.ReadAsync();

        Assert.That((first, second), Is.EqualTo((Ready, Stopping)));
    }

    [Test]
    public async Task A_supervised_service_stays_ready_when_its_launch_is_started_again()
    {
        using var systemd = new NotifySocket(isAbstract: false);
        using var service = ServiceProcess.Start("supervised", ("NOTIFY_SOCKET", systemd.Variable));
        await service.ReadAsync("begun");
        await service.WriteLineAsync("be ready");
        var first = await systemd.ReadAsync();

        await service.WriteLineAsync("crash");
        await service.ReadAsync("begun");
        await service.WriteLineAsync("be ready");
        service.Signal(PosixSignal.SIGTERM);
        var second = await systemd.ReadAsync();

        Assert.That((first, second), Is.EqualTo((Ready, Stopping)));
        Assert.That(await service.ExitAsync(), Is.Zero);
    }

    [Test]
    public async Task A_service_whose_socket_is_gone_runs_all_the_same()
    {
        using var service = ServiceProcess.Start("run", ("NOTIFY_SOCKET", "/nowhere/socket"), ("WATCHDOG_USEC", "1000"));
        await service.ReadAsync("begun");
        await service.WriteLineAsync("be ready");

        service.Signal(PosixSignal.SIGTERM);

        await service.ReadAsync("Stopped: The process received SIGTERM.");
        Assert.That(await service.ExitAsync(), Is.Zero);
    }
}
