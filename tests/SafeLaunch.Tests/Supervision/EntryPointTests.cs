using System.Reflection;

namespace SafeLaunch.Tests.Supervision;

/// <summary>Launches of a whole program.</summary>
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
        var args = Awaiting(async _ =>
        {
            await Task.Yield();
            thread = Thread.CurrentThread.Name;
            current = SynchronizationContext.Current;
            running.SetResult();
            end.Pass();
            return 0;
        });
        await using var handle = await ForProgram(args, Options("program", running.Task, end)).StartAsync().Within();

        Assert.That(thread, Is.EqualTo("program"));
        Assert.That(current, Is.SameAs(handle.SynchronizationContext));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [TestCase(0, LaunchOutcomeKind.Returned)]
    [TestCase(6, LaunchOutcomeKind.Crashed)]
    public async Task The_exit_code_after_ready_is_in_the_outcome(int exitCode, LaunchOutcomeKind kind)
    {
        using var end = new ManualResetEventSlim();
        var args = Calling(_ =>
        {
            end.Pass();
            return exitCode;
        });
        await using var handle = await ForProgram(args, Options("program", Task.CompletedTask, end)).StartAsync().Within();

        end.Set();
        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(kind));
        Assert.That(outcome.Exception?.Message ?? "exit code 0", Does.Contain($"exit code {exitCode}"));
    }

    [Test]
    public void A_non_zero_exit_code_before_ready_fails_the_start()
    {
        var launcher = ForProgram(Calling(_ => 9), options => options.Name = "tool");

        var error = Assert.ThrowsAsync<LaunchException>(() => launcher.StartAsync().Within())!;

        Assert.That(error.Message, Is.EqualTo("Launch 'tool': its program ended with exit code 9. Its own output says why."));
    }

    [Test]
    public void A_program_that_ends_without_being_ready_fails_the_start()
    {
        using var log = new LogRecorder();
        var launcher = ForProgram(Calling(_ => 0), options =>
        {
            options.Name = "tool";
            options.LoggerFactory = log.Factory;
        });

        var error = Assert.ThrowsAsync<LaunchException>(() => launcher.StartAsync().Within())!;

        Assert.That(error.Message, Does.Contain("'tool'").And.Contain("without ever being ready"));
        Assert.That(log.Single(LogEvents.Ending).Message, Does.EndWith(": Its program ended too early."));
    }

    [Test]
    public void An_exception_that_a_program_had_queued_when_its_Main_returned_is_the_cause_of_its_end()
    {
        var error = new InvalidOperationException("queued");
        var launcher = ForProgram(Calling(_ =>
        {
            // As async void methods do that await one another.
            Post(() => Post(() => Post(() => throw error)));
            return 0;
        }));

        Assert.That(() => launcher.StartAsync().Within(), Throws.Exception.SameAs(error));

        static void Post(Action action) => SynchronizationContext.Current!.Post(_ => action(), null);
    }

    [Test]
    public void A_program_that_returns_once_its_start_was_cancelled_has_no_other_error()
    {
        using var log = new LogRecorder();
        using var end = new CancellationTokenSource();
        var args = Calling(_ =>
        {
            end.Cancel();
            return 0;
        });

        Assert.CatchAsync<OperationCanceledException>(
            () => ForProgram(args, options => options.LoggerFactory = log.Factory).StartAsync(end.Token).Within());

        Assert.That(log.Of(LogEvents.ErrorWhileEnding), Is.Empty);
    }

    [Test]
    public void An_exception_of_the_program_is_thrown_as_it_is()
    {
        var error = new InvalidOperationException("program");
        var launcher = ForProgram(Calling(_ => throw error));

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
        var launcher = ForProgram(args);
        args[1] = "changed by the caller";

        Assert.ThrowsAsync<LaunchException>(() => launcher.StartAsync().Within());
        Assert.ThrowsAsync<LaunchException>(() => launcher.StartAsync().Within());

        Assert.That(given, Is.EqualTo(new[] { "original", "original" }));
    }

    [Test]
    public void A_program_that_is_given_no_arguments_gets_an_empty_array()
    {
        // The program looks at its first argument without asking.
        Assert.ThrowsAsync<IndexOutOfRangeException>(() => ForProgram([]).StartAsync().Within());
    }

    [Test]
    public void A_program_that_launches_itself_again_and_again_fails_the_start()
    {
        string[] args = [];
        args = Calling(_ =>
        {
            ForProgram(args).Start();
            return 0;
        });

        var error = Assert.ThrowsAsync<ArgumentException>(() => ForProgram(args, options => options.Name = "endless").StartAsync().Within())!;

        Assert.That(error.Message, Does.Contain("'endless'").And.Contain("again and again").And.Contain("typeof(Program)"));
    }

    [Test]
    public void A_program_that_launches_itself_with_another_configuration_each_time_is_refused()
    {
        string[] args = [];
        args = Calling(_ =>
        {
            Launcher.ForProgram(Program, options =>
            {
                options.Args.Add(args[0]);
                options.Configuration["Database"] = $"{Guid.NewGuid()}";
            });
            return 5;
        });

        Assert.ThrowsAsync<ArgumentException>(() => ForProgram(args).StartAsync().Within());
    }

    [Test]
    public void A_program_that_tries_again_to_launch_itself_is_refused_each_time()
    {
        var refusals = 0;
        string[] args = [];
        args = Calling(_ =>
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                try
                {
                    ForProgram(args).Start();
                }
                catch (ArgumentException)
                {
                    refusals++;
                }
            }

            return 5;
        });

        Assert.ThrowsAsync<LaunchException>(() => ForProgram(args).StartAsync().Within());

        Assert.That(refusals, Is.EqualTo(3));
    }

    [Test]
    public async Task A_program_is_refused_to_launch_itself_once_it_is_ready()
    {
        using var isReady = new ManualResetEventSlim();
        string[] args = [];
        args = Calling(_ =>
        {
            isReady.Pass();
            ForProgram(args).Start();
            return 0;
        });
        await using var handle = await ForProgram(args, Options("again", Task.CompletedTask, isReady)).StartAsync().Within();

        isReady.Set();

        Assert.That((await handle.EndAsync()).Exception?.Message, Does.Contain("again and again"));
    }

    [Test]
    public void Code_that_outlives_the_launch_of_a_program_is_refused_to_launch_it()
    {
        var hasEnded = Gate.NewSource();
        var refused = Task.FromResult<Exception?>(null);
        string[] args = [];
        args = Calling(_ =>
        {
            refused = RefusedAsync();
            return 5;

            async Task<Exception?> RefusedAsync()
            {
                await hasEnded.Task.ConfigureAwait(false);
                return Assert.Catch(() => ForProgram(args));
            }
        });
        Assert.ThrowsAsync<LaunchException>(() => ForProgram(args).StartAsync().Within());

        hasEnded.SetResult();

        Assert.That(() => refused.Within().GetAwaiter().GetResult(), Is.InstanceOf<ArgumentException>());
    }

    [Test]
    public void A_program_that_launches_another_is_refused_where_that_launches_the_first()
    {
        string[] first = [], second = [];
        first = Calling(_ =>
        {
            ForProgram(second).Start();
            return 0;
        });
        second = Calling(_ =>
        {
            ForProgram(first).Start();
            return 0;
        });

        Assert.ThrowsAsync<ArgumentException>(() => ForProgram(first).StartAsync().Within());
    }

    [Test]
    public void A_program_is_refused_to_launch_itself_also_inside_the_launch_of_a_delegate()
    {
        var calls = 0;
        string[] args = [];
        args = Calling(_ =>
        {
            if (++calls == 1)
            {
                Launcher.For(() => { ForProgram(args).Start(); }).Start();
            }

            return 0;
        });

        Assert.ThrowsAsync<ArgumentException>(() => ForProgram(args).StartAsync().Within());
        Assert.That(calls, Is.EqualTo(1));
    }

    [Test]
    public void A_launcher_that_a_program_has_kept_of_itself_does_not_start_inside_its_launch()
    {
        Launcher? kept = null;
        var args = Calling(_ =>
        {
            kept!.Start();
            return 0;
        });
        kept = ForProgram(args);

        var error = Assert.ThrowsAsync<LaunchException>(() => kept.StartAsync().Within())!;

        Assert.That(error.Message, Does.Contain("again and again"));
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
            using var handle = ForProgram(child, Options("child", ready.Task, end)).Start();
            end.Pass();
            return 0;
        });

        await using var handle = await ForProgram(parent, Options("parent", ready.Task, end)).StartAsync().Within();

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    private static Launcher ForProgram(string[] args, Action<ProgramOptions>? configure = null) => Launcher.ForProgram(Program, options =>
    {
        options.PassHostArguments = false;
        foreach (var arg in args)
        {
            options.Args.Add(arg);
        }

        configure?.Invoke(options);
    });

    private static Action<ProgramOptions> Options(string name, Task ready, ManualResetEventSlim end) => options =>
    {
        options.Name = name;
        options.ReadyWhen((_, _) => ready);
        options.StopWith(_ =>
        {
            end.Set();
            return Task.CompletedTask;
        });
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
