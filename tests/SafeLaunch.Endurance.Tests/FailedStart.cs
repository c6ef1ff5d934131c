using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Endurance.Tests;

/// <summary>Starts that fail, in each of the ways in which a host, a socket or a file watcher might stay behind.</summary>
internal static class FailedStart
{
    private static readonly TimeSpan ShortTime = TimeSpan.FromMilliseconds(100);

    public static Task InRunAsync() => FailAsync(error => BuildBound(_ => throw error).Run());

    public static Task InStartAsync() => FailAsync(error => BuildBound(_ => throw error).Start());

    /// <summary>The delegate drops the task of RunAsync, and goes on to wait.</summary>
    public static Task InDroppedRunAsync()
    {
        var error = NewError();
        return FailWithAsync(error, () => Launcher.For(launch =>
        {
            _ = BuildBound(_ => throw error).RunAsync();
            launch.Stopping.WaitHandle.WaitOne();
        }).StartAsync());
    }

    /// <summary>The host was built before the launch, and is started inside.</summary>
    public static Task OfCapturedHostAsync()
    {
        var error = NewError();
        var app = BuildBound(_ => throw error);
        return FailWithAsync(error, () => Launcher.For(() => app.Start()).StartAsync());
    }

    /// <summary>With the file watchers of its configuration.</summary>
    public static Task WithUnusedHostAsync() => FailAsync(error =>
    {
        _ = WebApplication.CreateBuilder().Build();
        throw error;
    });

    public static Task ByTimeoutAsync() => FailWithAsync<LaunchTimeoutException>(() => Launcher.For(
        () => BuildBound(token => Task.Delay(Timeout.InfiniteTimeSpan, token)).Run(),
        options => options.StartTimeout = ShortTime).StartAsync());

    public static async Task ByCancellationAsync()
    {
        using var cancel = new CancellationTokenSource();
        await FailWithAsync<OperationCanceledException>(() => Launcher.For(
            () => BuildBound(async token =>
            {
                await cancel.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }).Run(),
            _ => { }).StartAsync(cancel.Token));
    }

    /// <summary>Another server answers where the launch is to be ready.</summary>
    public static async Task ByStrangerAsync()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, port: 0);
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;
        await FailWithAsync<LaunchException>(() => Launcher.For(LaunchKind.Empty, options => options.ReadyWhen(Ready.Tcp(port))).StartAsync());
    }

    private static InvalidOperationException NewError() => new("failing");

    private static Task FailAsync(Action<Exception> launch)
    {
        var error = NewError();
        return FailWithAsync(error, () => Launcher.For(() => launch(error)).StartAsync());
    }

    private static async Task FailWithAsync(Exception error, Func<Task<LaunchHandle>> startAsync) =>
        Assert.That(await CatchAsync(startAsync), Is.SameAs(error));

    private static async Task FailWithAsync<TException>(Func<Task<LaunchHandle>> startAsync)
        where TException : Exception => Assert.That(await CatchAsync(startAsync), Is.InstanceOf<TException>());

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is asserted.")]
    private static async Task<Exception?> CatchAsync(Func<Task<LaunchHandle>> startAsync)
    {
        try
        {
            await startAsync().Within();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <param name="onBound">Called in the start of the app, once its server listens.</param>
    private static WebApplication BuildBound(Func<CancellationToken, Task> onBound)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHostedService(_ => new AfterBinding(onBound));
        return builder.Build();
    }

    private sealed class AfterBinding(Func<CancellationToken, Task> onBound) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => onBound(cancellationToken);

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
