using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>Web hosts that only the options of the guard let the launch detect, and web hosts that it cannot detect.</summary>
[NonParallelizable] // A launch that starts meanwhile with options of SafeLaunch.AspNetCore sets an environment variable that legacy hosts read.
public sealed class UndetectedHostTests
{
    private LogRecorder log = null!;

    [SetUp]
    public void OpenLog() => this.log = new();

    [TearDown]
    public void CloseLog() => this.log.Dispose();

    [Test]
    public async Task The_guard_alone_is_in_front_of_a_legacy_web_host_whose_launch_is_ready_by_a_probe()
    {
        var address = FreeAddress();
        await using var handle = await this.StartAsync(() => Legacy(address).Run(), options => options.ReadyWhen(Ready.Tcp(address.Port)).GuardAccess());

        Assert.That((await RawRequest.SendAsync(address, "GET / HTTP/1.1", "Host: evil.test", "Connection: close")).Status, Is.EqualTo(421));
        Assert.That(this.log.Of(44), Is.Empty);
    }

    [Test]
    public async Task Each_launch_that_is_ready_without_a_web_host_to_guard_warns_once()
    {
        var launcher = this.Launcher(launch => ServeFromBefore(launch, FreeAddress()), options => options.GuardAccess());
        for (var launches = 1; launches <= 2; launches++)
        {
            await using var handle = await launcher.StartAsync().Within();

            Assert.That((await RawRequest.SendAsync(handle.Address, "GET / HTTP/1.1", "Host: evil.test", "Connection: close")).Status, Is.EqualTo(200), "this is what the warning is about");
            Assert.That(this.log.Of(44).Select(line => line.Level), Is.EqualTo(Enumerable.Repeat(LogLevel.Warning, launches)));
            Assert.That(this.log.Of(44)[^1].Message, Does.Contain("'unseen'").And.Contain("GuardAccess").And.Contain("inside of the delegate"));
        }
    }

    [Test]
    public async Task A_launch_that_needs_no_guard_does_not_warn()
    {
        Action<LaunchOptions>[] cases = [_ => { }, options => options.ReportAddresses(), options => options.GuardAccess().AllowAnyAccess()];
        foreach (var configure in cases)
        {
            await using var handle = await this.Launcher(launch => ServeFromBefore(launch, FreeAddress()), configure).StartAsync().Within();
        }

        Assert.That(this.log.Of(44), Is.Empty);
    }

    [Test]
    public async Task A_launch_that_says_itself_that_its_guarded_host_is_ready_does_not_warn()
    {
        await using var handle = await this.Launcher(
            launch =>
            {
                var app = WebHosts.With();
                app.Lifetime.ApplicationStarted.Register(() => launch.SignalReady());
                app.Run();
            },
            options => options.GuardAccess()).StartAsync().Within();

        Assert.That(this.log.Of(44), Is.Empty);
    }

    private static Uri FreeAddress() => new($"http://127.0.0.1:{TakenPort.ThatIsFreeAgain()}");

    /// <summary>No launch detects a legacy web host that is built outside of it.</summary>
    private static void ServeFromBefore(LaunchContext launch, Uri address)
    {
        using var host = Outside(() => Legacy(address));
        host.Start();
        launch.SignalReady(address);
        launch.Stopping.WaitHandle.WaitOne();
    }

    private static T Outside<T>(Func<T> build)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(build).GetAwaiter().GetResult();
        }
    }

#pragma warning disable ASPDEPR004, ASPDEPR008 // Old programs still build their host by it.
    private static IWebHost Legacy(Uri address) => new WebHostBuilder()
        .UseKestrel()
        .UseUrls(address.ToString())
        .SuppressStatusMessages(suppressStatusMessages: true)
        .Configure(app => app.Run(context => context.Response.WriteAsync("served")))
        .Build();
#pragma warning restore ASPDEPR004, ASPDEPR008

    private Task<LaunchHandle> StartAsync(Action run, Action<LaunchOptions> configure) => this.Launcher(_ => run(), configure).StartAsync().Within();

    private Launcher Launcher(Action<LaunchContext> run, Action<LaunchOptions> configure) => SafeLaunch.Launcher.For(run, options =>
    {
        options.Name = "unseen";
        options.LoggerFactory = this.log.Factory;
        configure(options);
    });
}
