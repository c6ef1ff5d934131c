using System.Reflection;
using SafeLaunch.Tests.Threading;

namespace SafeLaunch.Tests.Supervision;

/// <summary>A whole program as what is launched.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EntryPointTests
{
    private static readonly Assembly Program = typeof(CalledProgram.Program).Assembly;

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_program_runs_on_the_launch_thread_also_where_its_Main_awaits()
    {
        var running = Gate.NewSource();
        using var end = new ManualResetEventSlim();
        string? thread = null;
        SynchronizationContext? current = null;
        await using var handle = await Launcher.FromEntryPoint(
            Program,
            Awaiting(async _ =>
            {
                await Task.Yield();
                thread = Thread.CurrentThread.Name;
                current = SynchronizationContext.Current;
                running.SetResult();
                end.Pass();
                return 0;
            }),
            Options("program", running.Task, end)).StartAsync().Within();

        Assert.That(thread, Is.EqualTo("program"));
        Assert.That(current, Is.SameAs(handle.SynchronizationContext));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [TestCase(0, LaunchOutcomeKind.Returned)]
    [TestCase(6, LaunchOutcomeKind.Crashed)]
    public async Task The_exit_code_after_ready_is_in_the_outcome(int exitCode, LaunchOutcomeKind kind)
    {
        using var end = new ManualResetEventSlim();
        var options = Options("program", Task.CompletedTask, end);
        await using var handle = await Launcher.FromEntryPoint(
            Program,
            Calling(_ =>
            {
                end.Pass();
                return exitCode;
            }),
            options).StartAsync().Within();

        end.Set();
        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(kind));
        Assert.That(outcome.Exception?.Message ?? "exit code 0", Does.Contain($"exit code {exitCode}"));
    }

    [Test]
    public void A_non_zero_exit_code_before_ready_fails_the_start()
    {
        var launcher = Launcher.FromEntryPoint(Program, Calling(_ => 9), new() { Name = "tool" });

        var error = Assert.ThrowsAsync<LaunchException>(() => launcher.StartAsync().Within())!;

        Assert.That(error.Message, Does.Contain("'tool'").And.Contain("exit code 9"));
    }

    [Test]
    public void A_program_that_ends_without_being_ready_fails_the_start()
    {
        using var log = new LogRecorder();
        var launcher = Launcher.FromEntryPoint(Program, Calling(_ => 0), new() { Name = "tool", LoggerFactory = log.Factory });

        var error = Assert.ThrowsAsync<LaunchException>(() => launcher.StartAsync().Within())!;

        Assert.That(error.Message, Does.Contain("'tool'").And.Contain("without ever being ready"));
        Assert.That(log.Of(LogEvents.Ending).Single().Message, Does.EndWith(": Its program ended too early."));
    }

    [Test]
    public void What_the_program_throws_is_thrown_as_it_is()
    {
        var error = new InvalidOperationException("program");
        var launcher = Launcher.FromEntryPoint(Program, Calling(_ => throw error));

        Assert.That(Assert.CatchAsync(() => launcher.StartAsync().Within()), Is.SameAs(error));
    }

    [Test]
    public void Each_launch_is_given_the_arguments_as_they_were()
    {
        var given = new List<string>();
        var args = Calling(args =>
        {
            given.Add(args[1]);
            args[1] = "changed by the program";
            return 1;
        });
        args = [.. args, "original"];
        var launcher = Launcher.FromEntryPoint(Program, args);
        args[1] = "changed by the caller";

        Assert.ThrowsAsync<LaunchException>(() => launcher.StartAsync().Within());
        Assert.ThrowsAsync<LaunchException>(() => launcher.StartAsync().Within());

        Assert.That(given, Is.EqualTo(new[] { "original", "original" }));
    }

    [Test]
    public void A_program_that_is_given_no_arguments_gets_an_empty_array()
    {
        // The program looks at its first argument without asking.
        Assert.ThrowsAsync<IndexOutOfRangeException>(() => Launcher.FromEntryPoint(Program).StartAsync().Within());
    }

    [Test]
    public void A_program_that_launches_itself_again_and_again_fails_the_start()
    {
        string[] args = [];
        args = Calling(_ =>
        {
            Launcher.FromEntryPoint(Program, [.. args]).Start();
            return 0;
        });
        var launcher = Launcher.FromEntryPoint(Program, args, new() { Name = "endless" });

        var error = Assert.ThrowsAsync<ArgumentException>(() => launcher.StartAsync().Within())!;

        Assert.That(error.Message, Does.Contain("'endless'").And.Contain("again and again").And.Contain("typeof(Program)"));
    }

    [Test]
    public async Task A_program_may_launch_itself_with_the_same_arguments_once_it_is_ready()
    {
        using var isReady = new ManualResetEventSlim();
        var launches = 0;
        string[] args = [];
        args = Calling(_ =>
        {
            if (++launches == 2)
            {
                return 7;
            }

            isReady.Pass();
            Launcher.FromEntryPoint(Program, [.. args]).Start();
            return 0;
        });
        await using var handle = await Launcher.FromEntryPoint(Program, args, Options("again", Task.CompletedTask, isReady)).StartAsync().Within();

        isReady.Set();

        Assert.That((await handle.EndAsync()).Exception?.Message, Does.Contain("exit code 7"));
    }

    [Test]
    public async Task A_program_may_launch_itself_with_other_arguments()
    {
        var ready = Gate.NewSource();
        using var end = new ManualResetEventSlim();
        var child = Calling(_ =>
        {
            ready.SetResult();
            end.Pass();
            return 0;
        });
        var parent = Calling(_ =>
        {
            using var handle = Launcher.FromEntryPoint(Program, child, Options("child", ready.Task, end)).Start();
            end.Pass();
            return 0;
        });

        await using var handle = await Launcher.FromEntryPoint(Program, parent, Options("parent", ready.Task, end)).StartAsync().Within();

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    private static LaunchOptions Options(string name, Task ready, ManualResetEventSlim end) => new()
    {
        Name = name,
        ReadyWhen = (_, _) => ready,
        StopWith = _ =>
        {
            end.Set();
            return Task.CompletedTask;
        },
    };

    /// <summary>The arguments with which the program runs what the test wants.</summary>
    private static string[] Calling(Func<string[], int> main) => Awaiting(args => Task.FromResult(main(args)));

    private static string[] Awaiting(Func<string[], Task<int>> main)
    {
        var key = $"SafeLaunch.Tests.{Guid.NewGuid()}";
        AppDomain.CurrentDomain.SetData(key, main);
        return [key];
    }
}
