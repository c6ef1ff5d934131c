using Microsoft.Extensions.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests;

/// <summary>To which overload of <c>Launcher.For</c> each shape of a lambda and of a method group binds.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DelegateShapeTests
{
    private static int count;

    [TestCaseSource(nameof(Shapes))]
    public void Each_shape_of_a_delegate_binds_to_the_overload_that_its_writer_expects(Launcher launcher, Type delegateType) =>
        Assert.That(((LaunchSource)launcher.Source).Call.Original, Is.TypeOf(delegateType));

    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Shape<Action>("() => { }", Launcher.For(() => { }));
        yield return Shape<Action>("() => Serve()", Launcher.For(() => Serve()));
        yield return Shape<Action>("Serve", Launcher.For(Serve));
        yield return Shape<Action>("host.Run", Launcher.For(TestHosts.With().Run));
        yield return Shape<Action<LaunchContext>>("context => { }", Launcher.For(context => { }));
        yield return Shape<Action<LaunchContext>>("ServeWith", Launcher.For(ServeWith));
        yield return Shape<Func<Task>>("() => ServeAsync()", Launcher.For(() => ServeAsync()));
        yield return Shape<Func<Task>>("ServeAsync", Launcher.For(ServeAsync));
        yield return Shape<Func<Task>>("async () => await …", Launcher.For(async () => await Task.Yield()));
        yield return Shape<Func<LaunchContext, Task>>("async context => await …", Launcher.For(async context => await Task.Yield()));
        yield return Shape<Func<LaunchContext, Task>>("ServeWithAsync", Launcher.For(ServeWithAsync));
        yield return Shape<Func<int>>("() => 0", Launcher.For(() => 0));
        yield return Shape<Func<int>>("() => count++", Launcher.For(() => count++));
        yield return Shape<Func<int>>("ServeToExitCode", Launcher.For(ServeToExitCode));
        yield return Shape<Func<Task<int>>>("() => ServeToExitCodeAsync()", Launcher.For(() => ServeToExitCodeAsync()));
        yield return Shape<Func<Task<int>>>("ServeToExitCodeAsync", Launcher.For(ServeToExitCodeAsync));
        yield return Shape<Func<Task<int>>>("async () => 0", Launcher.For(async () => { await Task.Yield(); return 0; }));
        yield return Shape<Func<Server>>("() => new Server()", Launcher.For(() => new Server()));
        yield return Shape<Func<Server>>("StartServer", Launcher.For(StartServer));
        yield return Shape<Func<LaunchContext, Server>>("context => new Server()", Launcher.For(context => new Server()));
        yield return Shape<Func<Task<Server>>>("StartServerAsync", Launcher.For(StartServerAsync));
        yield return Shape<Func<LaunchContext, Task<Server>>>("async context => new Server()", Launcher.For(async context => { await Task.Yield(); return new Server(); }));
        yield return Shape<Func<ValueTask>>("() => ServeValueAsync()", Launcher.For(() => ServeValueAsync()));
        yield return Shape<Func<ValueTask>>("ServeValueAsync", Launcher.For(ServeValueAsync));
        yield return Shape<Func<ValueTask<int>>>("ServeValueToExitCodeAsync", Launcher.For(ServeValueToExitCodeAsync));
        yield return Shape<Func<Task>>("() => throw …", Launcher.For(() => throw new InvalidOperationException()));
        yield return Shape<Func<LaunchContext, Task>>("context => { …; throw …; }", Launcher.For(context => { context.SignalReady(); throw new InvalidOperationException(); }));
        yield return Shape<Func<Task>>("() => { while (true) { … } }", Launcher.For(() => { while (true) { Thread.Yield(); } }));

        static TestCaseData Shape<T>(string text, Launcher launcher) => new TestCaseData(launcher, typeof(T)).SetArgDisplayNames(text);
    }

    private static void Serve()
    {
    }

    private static void ServeWith(LaunchContext context)
    {
    }

    private static Task ServeAsync() => Task.CompletedTask;

    private static Task ServeWithAsync(LaunchContext context) => Task.CompletedTask;

    private static ValueTask ServeValueAsync() => default;

    private static int ServeToExitCode() => 0;

    private static Task<int> ServeToExitCodeAsync() => Task.FromResult(0);

    private static ValueTask<int> ServeValueToExitCodeAsync() => new(0);

    private static Server StartServer() => new();

    private static Task<Server> StartServerAsync() => Task.FromResult(new Server());

    private sealed class Server;
}
