using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Tests.Programs;

/// <summary>Whether the app hosts of a program have the name, the folder and the configuration that its arguments say.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AppHostPlaceTests
{
    private const string Name = "Shop";

    private static readonly string Folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
    private static readonly string OtherFolder = Path.GetTempPath().TrimEnd(Path.DirectorySeparatorChar);

    private static IEnumerable<TestCaseData> Elsewhere()
    {
        yield return new TestCaseData("Other", Folder).SetArgDisplayNames("another name");
        yield return new TestCaseData("shop", Folder).SetArgDisplayNames("the name in other letters");
        yield return new TestCaseData(Name, OtherFolder).SetArgDisplayNames("another folder");
    }

    [TestCaseSource(nameof(Elsewhere))]
    public async Task A_host_that_is_elsewhere_is_warned_of_once_for_all_launches_of_its_launcher(string name, string folder)
    {
        using var log = new LogRecorder();
        var launcher = ForHost(name, folder, [$"--applicationName={Name}", $"--contentRoot={Folder}"], log);

        await StartAndStopAsync(launcher);
        var warning = log.Single(LogEvents.HostIsElsewhere);
        await StartAndStopAsync(launcher);

        Assert.That(log.Of(LogEvents.HostIsElsewhere), Has.Count.EqualTo(1));
        Assert.That(warning.Level, Is.EqualTo(LogLevel.Warning));
        Assert.That(warning.Message, Does.Contain($"a host of the program 'CalledProgram' is named '{name}' and lives in '{folder}").And.Contain($"not '{Name}' in '{Folder}'"));
    }

    [Test]
    public async Task A_host_that_is_where_its_arguments_say_gets_no_warning()
    {
        using var log = new LogRecorder();
        await StartAndStopAsync(ForHost(Name, Folder + Path.DirectorySeparatorChar, [$"--applicationName={Name}", $"--contentRoot={Folder}"], log));
        await StartAndStopAsync(ForHost(Name, Folder, [$"--applicationName={Name}", $"--contentRoot={Folder}{Path.AltDirectorySeparatorChar}"], log));

        Assert.That(log.Of(LogEvents.HostIsElsewhere), Is.Empty);
    }

    [TestCase("--applicationName=Shop")]
    [TestCase("--greeting=hello")]
    public async Task A_host_of_a_program_that_is_told_no_folder_may_be_in_any(string arg)
    {
        using var log = new LogRecorder();
        await StartAndStopAsync(ForHost(Name, OtherFolder, [arg], log));

        Assert.That(log.Of(LogEvents.HostIsElsewhere), Is.Empty);
    }

    [Test]
    public async Task The_arguments_of_a_program_win_over_the_configuration_of_its_launcher()
    {
        using var log = new LogRecorder();
        await using var handle = await ForHost(Name, Folder, ["--greeting=own"], log, options =>
        {
            options.Configuration["Greeting"] = "overridden";
            options.Configuration["Other"] = "passed";
        }).StartAsync().Within();
        var configuration = handle.Services.GetRequiredService<IConfiguration>();

        Assert.That((configuration["greeting"], configuration["other"]), Is.EqualTo(("own", "passed")));
    }

    private static async Task StartAndStopAsync(Launcher launcher)
    {
        await using var handle = await launcher.StartAsync().Within();
        await handle.StopAsync().Within();
    }

    /// <summary>A program that runs one host, whose name and folder the test sets.</summary>
    private static Launcher ForHost(string name, string folder, string[] args, LogRecorder log, Action<ProgramOptions>? configure = null)
    {
        var key = $"SafeLaunch.Tests.{Guid.NewGuid()}";
        AppDomain.CurrentDomain.SetData(key, new Func<string[], Task<int>>(given =>
        {
            using var host = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = name, ContentRootPath = folder, Args = [.. given.Where(arg => arg.StartsWith("--greeting", StringComparison.Ordinal))] }).Build();
            host.Run();
            return Task.FromResult(0);
        }));
        return Launcher.ForProgram(typeof(CalledProgram.Program).Assembly, options =>
        {
            options.PassHostArguments = false;
            options.LoggerFactory = log.Factory;
            foreach (var arg in args.Prepend(key))
            {
                options.Args.Add(arg);
            }

            configure?.Invoke(options);
        });
    }
}
