using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.AspNetCore.Tests.Hosting;

/// <summary>A start that failed, in each way, leaves no server and no host.</summary>
public sealed class NothingLeftTests
{
    private static IEnumerable<TestCaseData> Starts()
    {
        yield return Case("Start", host => host.Start());
        yield return Case("StartAsync, waited for", host => host.StartAsync().GetAwaiter().GetResult());
        yield return Case("Run", host => host.Run());
        yield return Case("RunAsync, not awaited", host => { _ = host.RunAsync(); });
        yield return Case("Start, failure caught", host =>
        {
            try
            {
                host.Start();
            }
            catch (InvalidOperationException e)
            {
                throw new NotSupportedException("given up", e);
            }
        });

        static TestCaseData Case(string name, Action<IHost> start) => new TestCaseData(start).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Starts))]
    public void A_server_that_has_bound_does_not_survive_a_start_that_fails_after_it(Action<IHost> start)
    {
        var port = TakenPort.ThatIsFreeAgain();
        var disposed = new ManualResetEventSlim();

        Assert.CatchAsync(() => Launcher.For(() => start(Build(port, disposed, services => services.AddHostedService<FailsToStart>()))).StartAsync().Within());

        Assert.That(() => Connect(port), Throws.TypeOf<SocketException>());
        Assert.That(disposed.IsSet, Is.True, "the host was not disposed of");
    }

    [Test]
    public void A_server_does_not_survive_a_start_that_times_out_in_a_later_service()
    {
        var port = TakenPort.ThatIsFreeAgain();
        var disposed = new ManualResetEventSlim();

        Assert.ThrowsAsync<LaunchTimeoutException>(() => Launcher.For(
            () => Build(port, disposed, services => services.AddHostedService<NeverStarts>()).Start(),
            options =>
            {
                options.StartTimeout = TimeSpan.FromMilliseconds(500);
                options.StopTimeout = TimeSpan.FromSeconds(2);
            }).StartAsync().Within());

        Assert.That(() => Connect(port), Throws.TypeOf<SocketException>());
        Assert.That(disposed.IsSet, Is.True, "the host was not disposed of");
    }

    [Test]
    public async Task A_server_does_not_survive_a_stop_that_hangs_in_a_service_before_it()
    {
        var port = TakenPort.ThatIsFreeAgain();
        var disposed = new ManualResetEventSlim();
        await using var handle = await Launcher.For(
            () => Build(port, disposed, services => services.AddHostedService<NeverStops>()).Start(),
            options => options.StopTimeout = TimeSpan.FromSeconds(1)).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>());
        Assert.That(() => Connect(port), Throws.TypeOf<SocketException>());
        Assert.That(disposed.IsSet, Is.True, "the host was not disposed of");
    }

    [Test]
    public async Task A_captured_host_does_not_survive_a_start_that_fails_after_it_has_bound()
    {
        var port = TakenPort.ThatIsFreeAgain();
        var disposed = new ManualResetEventSlim();
        using var captured = Build(port, disposed, services => services.AddHostedService<FailsToStart>());

        Assert.CatchAsync<InvalidOperationException>(() => Launcher.For(() => captured.Start()).StartAsync().Within());

        Assert.That(() => Connect(port), Throws.TypeOf<SocketException>());
        await using var next = await Launcher.For(() => Build(port, new(), _ => { }).Start()).StartAsync().Within();
    }

    [Test]
    public void A_host_that_is_built_and_never_run_is_disposed_of_with_a_failed_start()
    {
        var disposed = new ManualResetEventSlim();

        Assert.CatchAsync<InvalidOperationException>(() => Launcher.For(() =>
        {
            _ = Build(TakenPort.ThatIsFreeAgain(), disposed, _ => { });
            throw new InvalidOperationException("migration failed");
        }).StartAsync().Within());

        Assert.That(disposed.IsSet, Is.True);
    }

    [Test]
    public async Task A_host_that_is_built_and_never_run_is_disposed_of_with_a_good_launch()
    {
        var disposed = new ManualResetEventSlim();
        var handle = await Launcher.For(context =>
        {
            _ = Build(TakenPort.ThatIsFreeAgain(), disposed, _ => { });
            context.SignalReady();
            context.Stopping.WaitHandle.WaitOne();
        }).StartAsync().Within();
        Assert.That(disposed.IsSet, Is.False);

        await handle.StopAsync().Within();

        Assert.That(disposed.IsSet, Is.True);
    }

    [Test]
    public async Task A_second_host_whose_failed_start_is_caught_is_disposed_of_with_the_launch()
    {
        var port = TakenPort.ThatIsFreeAgain();
        var disposed = new ManualResetEventSlim();
        var haveBoth = Gate.NewSource();
        var handle = await Launcher.For(() =>
        {
            Build(TakenPort.ThatIsFreeAgain(), new(), _ => { }).Start();
            Assert.Catch<InvalidOperationException>(() => Build(port, disposed, services => services.AddHostedService<FailsToStart>()).Start());
            haveBoth.SetResult();
        }).StartAsync().Within();
        await haveBoth.Task.Within();

        await handle.StopAsync().Within();

        Assert.That(() => Connect(port), Throws.TypeOf<SocketException>());
        Assert.That(disposed.IsSet, Is.True);
    }

    [Test]
    public void Hosts_of_200_failed_starts_leave_no_file_watcher()
    {
        for (var i = 0; i < 200; i++)
        {
            Assert.Catch<InvalidOperationException>(() => Launcher.For(() =>
            {
                WebApplication.CreateBuilder().Build();
                throw new InvalidOperationException("migration failed");
            }).Start());
        }
    }

    private static IHost Build(int port, ManualResetEventSlim disposed, Action<IServiceCollection> configure)
    {
        var host = new HostBuilder()
            .ConfigureWebHost(web => web
                .UseKestrel()
                .UseUrls($"http://127.0.0.1:{port}")
                .Configure(app => app.Run(context => context.Response.WriteAsync("alive"))))
            .ConfigureServices(services =>
            {
                services.AddSingleton(_ => new Disposed(disposed));
                configure(services);
            })
            .ConfigureLogging(logging => logging.ClearProviders())
            .Build();
        _ = host.Services.GetRequiredService<Disposed>();
        return host;
    }

    private static void Connect(int port)
    {
        using var client = new TcpClient();
        client.Connect("127.0.0.1", port);
    }


    private sealed class Disposed(ManualResetEventSlim gate) : IDisposable
    {
        public void Dispose() => gate.Set();
    }

    private sealed class FailsToStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no database");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NeverStops : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task;
    }

    private sealed class NeverStarts : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
