using System.Reflection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.AspNetCore.Tests.Programs;

/// <summary>Whole programs, launched as if they had been started by themselves.</summary>
public sealed class ProgramTests
{
    [Test]
    public async Task A_program_is_launched_by_the_name_of_its_assembly()
    {
        await using var handle = await Launcher.ForProgram("TopLevelProgram", options => options.UseLoopback()).StartAsync().Within();

        Assert.That(handle.Name, Is.EqualTo("TopLevelProgram"));
    }

    [Test]
    public void A_name_of_no_assembly_is_refused_and_the_inner_exception_says_where_it_was_looked_for() =>
        Assert.That(
            () => Launcher.ForProgram("NoSuchProgram"),
            Throws.ArgumentException.With.Message.Contains("'NoSuchProgram'").And.Property("ParamName").EqualTo("name").And.InnerException.InstanceOf<FileNotFoundException>());

    [TestCase("Shop.dll")]
    [TestCase("Shop.EXE")]
    [TestCase("folder/Shop")]
    public void A_path_of_no_file_is_refused_with_the_full_path(string path) =>
        Assert.That(
            () => Launcher.ForProgram(path),
            Throws.InstanceOf<FileNotFoundException>().With.Message.Contains(Path.GetFullPath(path)).And.Message.Contains("pass the path of its .dll"));

    [Test]
    public void A_name_that_is_null_or_blank_or_no_assembly_name_is_refused()
    {
        Assert.That(() => Launcher.ForProgram((string)null!), Throws.ArgumentNullException);
        Assert.That(() => Launcher.ForProgram(" "), Throws.ArgumentException.With.Message.Contains("blank"));
        Assert.That(() => Launcher.ForProgram("a,b=c,,"), Throws.ArgumentException);
    }

    [Test]
    public void Options_of_a_program_are_validated_at_the_call()
    {
        Assert.That(() => ForTopLevel(options => options.Environment = " "), Throws.ArgumentException.With.Message.Contains("Environment"));
        Assert.That(() => ForTopLevel(options => options.ContentRoot = ""), Throws.ArgumentException.With.Message.Contains("ContentRoot"));
        Assert.That(() => ForTopLevel(options => options.ContentRoot = "/no/such/folder"), Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains("/no/such/folder"));
        Assert.That(() => ForTopLevel(options => options.StopTimeout = TimeSpan.Zero), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task The_programs_own_arguments_win_over_the_configuration()
    {
        await using var handle = await ForTopLevel(options =>
        {
            options.Args.Add("--greeting=own");
            options.Configuration["greeting"] = "overridden";
            options.Configuration["other"] = "--odd";
            options.UseLoopback();
        }).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(await client.GetStringAsync("/configuration/greeting").Within(), Is.EqualTo("own"));
        Assert.That(await client.GetStringAsync("/configuration/other").Within(), Is.EqualTo("--odd"));
    }

    [Test]
    public async Task A_program_that_hands_its_arguments_on_gets_no_warning()
    {
        using var log = new LogRecorder();
        await using var handle = await ForTopLevel(options =>
        {
            options.LoggerFactory = log.Factory;
            options.UseLoopback();
        }).StartAsync().Within();

        Assert.That(log.Of(LogEvents.HostIsElsewhere), Is.Empty);
    }

    [Test]
    public async Task A_program_that_does_not_hand_its_arguments_on_is_warned_of_once_by_name()
    {
        using var log = new LogRecorder();
        var launcher = Launcher.ForProgram("DeafProgram", options =>
        {
            options.LoggerFactory = log.Factory;
            options.UseLoopback();
        });
        await using var first = await launcher.StartAsync().Within();
        await using var second = await launcher.StartAsync().Within();

        var warning = log.Single(LogEvents.HostIsElsewhere);

        Assert.That(warning.Level, Is.EqualTo(LogLevel.Warning));
        Assert.That(warning.Message, Does.Contain("'DeafProgram'").And.Contain($"'{Assembly.GetEntryAssembly()!.GetName().Name}'").And.Contain("SetEntryAssembly"));
    }

    [Test]
    [NonParallelizable]
    public async Task A_program_that_does_not_hand_its_arguments_on_gets_its_name_as_the_entry_assembly_of_the_process()
    {
        var before = Assembly.GetEntryAssembly();
        await using var handle = await ForDeaf().StartAsync().Within();
        await using var second = await ForDeaf().StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(await client.GetStringAsync("/name").Within(), Is.EqualTo("DeafProgram"));
        Assert.That(
            () => ForTopLevel(options => options.SetEntryAssembly = true).StartAsync().Within(),
            Throws.InstanceOf<LaunchException>().With.Message.Contains("'TopLevelProgram'").And.Message.Contains("'DeafProgram'"));

        await handle.StopAsync().Within();
        Assert.That(Assembly.GetEntryAssembly()!.GetName().Name, Is.EqualTo("DeafProgram"));
        await second.StopAsync().Within();
        Assert.That(Assembly.GetEntryAssembly(), Is.EqualTo(before));
    }

    private static Launcher ForTopLevel(Action<ProgramOptions> configure) => Launcher.ForProgram("TopLevelProgram", configure);

    private static Launcher ForDeaf() => Launcher.ForProgram("DeafProgram", options =>
    {
        options.SetEntryAssembly = true;
        options.UseLoopback();
    });
}
