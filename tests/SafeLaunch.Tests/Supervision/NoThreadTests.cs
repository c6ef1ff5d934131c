using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

/// <summary>Launches that end before they have a thread.</summary>
public sealed class NoThreadTests
{
    [Test]
    public async Task A_launch_that_ended_before_it_had_a_thread_says_that_it_has_ended()
    {
        var launch = Launcher.For(TestLaunch.UntilStopped).Source.Begin(new() { CancellationToken = new(canceled: true) });
        launch.Started.Forget();
        await launch.Completion.Within();

        Assert.That(() => launch.SynchronizationContext, Throws.TypeOf<LaunchException>().With.Message.Contains("has ended"));
    }

    [Test]
    public async Task A_launch_that_has_no_thread_yet_says_that_it_is_still_starting()
    {
        Exception? thrown = null;

        await using var handle = await Launcher.For(TestLaunch.UntilStopped, options =>
        {
            options.Name = "early";
            options.WhileStarting(() =>
            {
                thrown = Caught.By(() => _ = LaunchScope.CurrentLaunch!.SynchronizationContext);
                return new Disposable(() => { });
            });
        }).StartAsync().Within();

        Assert.That(thrown, Is.TypeOf<LaunchException>().With.Message.EqualTo("Launch 'early' is still starting. Its thread and services are available once its delegate runs."));
    }

    [Test]
    public async Task A_launch_host_that_was_built_before_the_launch_had_a_thread_is_disposed_of()
    {
        IServiceProvider? services = null;
        using var log = new LogRecorder();
        var error = new InvalidOperationException("early");

        var starting = Launcher.For(TestLaunch.UntilStopped, options =>
        {
            options.LoggerFactory = log.Factory;
            options.WhileStarting(() =>
            {
                services = LaunchScope.CurrentLaunch!.LaunchServices;
                throw error;
            });
        }).StartAsync();

        Assert.That(await starting.ErrorAsync(), Is.SameAs(error));
        Assert.That(() => services!.GetService<IHostEnvironment>(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(log.Of(LogEvents.ErrorWhileEnding), Is.Empty);
    }
}
