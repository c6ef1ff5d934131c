using System.Net.Http.Json;
using System.Reflection;

namespace SafeLaunch.AspNetCore.Tests.Programs;

/// <summary>Whole programs, which are separate projects beside this one.</summary>
public sealed class WebProgramTests
{
    private static readonly Assembly TopLevelProgram = Assembly.Load("TopLevelProgram");
    private static readonly Assembly AsyncMainProgram = Assembly.Load("AsyncMainProgram");
    private static readonly Assembly ExitCodeProgram = Assembly.Load("ExitCodeProgram");

    [Test]
    public async Task A_program_of_top_level_statements_runs_with_its_arguments()
    {
        var contentRoot = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        await using var handle = await ForProgram(
            TopLevelProgram,
            ["--environment", "Staging", "--urls", "http://127.0.0.1:0", "--contentRoot", contentRoot, "--greeting", "hello"],
            options => options.ReportAddresses()).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(handle.Address.Host, Is.EqualTo("127.0.0.1"));
        Assert.That(await client.GetStringAsync("/environment").Within(), Is.EqualTo("Staging"));
        Assert.That(Path.TrimEndingDirectorySeparator(await client.GetStringAsync("/content-root").Within()), Is.EqualTo(contentRoot));
        Assert.That(await client.GetStringAsync("/configuration/greeting").Within(), Is.EqualTo("hello"));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task Two_launches_of_a_program_at_once_apply_their_options()
    {
        var launcher = Launcher.ForProgram(TopLevelProgram, options =>
        {
            options.Configuration["greeting"] = "hello";
            options.UseLoopback();
        });
        await using var first = await launcher.StartAsync().Within();
        await using var second = await launcher.StartAsync().Within();
        using var client = first.CreateClient();

        Assert.That(await client.GetStringAsync("/configuration/greeting").Within(), Is.EqualTo("hello"));
        Assert.That(second.Address, Is.Not.EqualTo(first.Address));
    }

    [TestCase("0")]
    [TestCase("1")]
    public void A_program_that_caught_the_failure_of_its_host_and_returned_fails_the_start_with_that_failure(string exitCode)
    {
        using var taken = new TakenPort();
        var launcher = ForProgram(ExitCodeProgram, ["catch", exitCode, $"http://127.0.0.1:{taken.Port}"]);

        var thrown = Assert.CatchAsync(() => launcher.StartAsync().Within());

        var failure = exitCode is "0" ? thrown : thrown.InnerException;
        Assert.That(failure, Is.TypeOf<IOException>());
        Assert.That(thrown.Message, Does.Contain("address already in use"));
    }

    [Test]
    public void A_program_whose_async_void_method_failed_fails_the_start_with_that_failure()
    {
        var thrown = Assert.CatchAsync(() => ForProgram(ExitCodeProgram, ["async-void"]).StartAsync().Within());

        Assert.That(thrown, Is.TypeOf<InvalidOperationException>().With.Message.EqualTo("async void failed"));
    }

    [Test]
    public async Task A_program_that_ends_by_itself_has_returned()
    {
        await using var handle = await Launcher.ForProgram(TopLevelProgram, options => options.UseLoopback()).StartAsync().Within();

        await PostStopAsync(handle);

        Assert.That((await handle.Completion.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_program_with_an_asynchronous_Main_runs_on_the_launch_thread()
    {
        await using var handle = await Launcher.ForProgram(AsyncMainProgram, options => options.UseLoopback()).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(await client.GetStringAsync("/main-thread").Within(), Is.EqualTo("AsyncMainProgram"));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public void A_program_that_throws_fails_the_start_with_its_exception()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => ForProgram(ExitCodeProgram, ["what", "ever"]).Start());

        Assert.That(exception.Message, Is.EqualTo("Not understood: what ever"));
        Assert.That(exception.StackTrace, Does.Contain("ExitCodeProgram.Program.Main"));
    }

    [Test]
    public void A_program_that_returns_an_exit_code_before_it_is_ready_fails_the_start()
    {
        var exception = Assert.Throws<LaunchException>(() => ForProgram(ExitCodeProgram, ["return", "3"]).Start());

        Assert.That(exception.Message, Does.Contain("exit code 3"));
    }

    [Test]
    public void A_program_that_returns_0_without_having_been_ready_fails_the_start()
    {
        var exception = Assert.Throws<LaunchException>(() => ForProgram(ExitCodeProgram, ["return", "0"]).Start());

        Assert.That(exception.Message, Does.Contain("ended without ever being ready"));
    }

    [TestCase(0, LaunchOutcomeKind.Returned)]
    [TestCase(3, LaunchOutcomeKind.Crashed)]
    public async Task A_program_that_returns_an_exit_code_after_it_has_run_tells_by_it_how_it_went(int exitCode, LaunchOutcomeKind expected)
    {
        await using var handle = await ForProgram(
            ExitCodeProgram, ["serve-and-return", $"{exitCode}"], options => options.UseLoopback()).StartAsync().Within();

        await PostStopAsync(handle);
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(expected), $"{outcome} {outcome.Exception}");
        Assert.That(outcome.Exception?.Message, exitCode == 0 ? Is.Null : Does.Contain("exit code 3"));
    }

    [Test]
    public void An_assembly_that_is_no_program_is_refused() =>
        Assert.That(
            () => Launcher.ForProgram(typeof(Launcher).Assembly),
            Throws.ArgumentException.With.Message.Contains("'SafeLaunch' has no entry point"));

    private static Launcher ForProgram(Assembly program, string[] args, Action<ProgramOptions>? configure = null) => Launcher.ForProgram(program, options =>
    {
        options.PassHostArguments = false;
        foreach (var arg in args)
        {
            options.Args.Add(arg);
        }

        configure?.Invoke(options);
    });

    private static async Task PostStopAsync(LaunchHandle handle)
    {
        using var client = handle.CreateClient();
        using var response = await client.PostAsJsonAsync("/stop", value: (object?)null).Within();
        response.EnsureSuccessStatusCode();
    }
}
