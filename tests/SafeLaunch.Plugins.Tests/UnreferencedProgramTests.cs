namespace SafeLaunch.Plugins.Tests;

/// <summary>A program that no code references, launched by the path of its assembly.</summary>
public sealed class UnreferencedProgramTests
{
    [Test]
    public async Task A_program_launched_by_its_path_is_named_and_housed_as_if_started_by_itself()
    {
        using var program = new UnreferencedPrograms().CopyAll();
        await using var handle = await Launch(program.Copy).StartAsync().Within();

        Assert.That(handle.Name, Is.EqualTo("UnreferencedProgram"));
        Assert.That(await AskAsync(handle, "name"), Is.EqualTo("UnreferencedProgram"));
        Assert.That(await AskAsync(handle, "content-root"), Is.EqualTo(Path.GetDirectoryName(program.Copy)));
        Assert.That(await AskAsync(handle, "greeting"), Is.EqualTo("from its own folder"));
        Assert.That(await AskAsync(handle, "startup"), Is.EqualTo("has run"));
    }

    [Test]
    public async Task A_program_in_the_output_of_its_build_is_housed_in_the_folder_of_its_project()
    {
        var path = UnreferencedPrograms.Original;
        await using var handle = await Launcher.ForProgram(path, options => options.UseLoopback()).StartAsync();

        Assert.That(await AskAsync(handle, "content-root"), Is.EqualTo(Repository.PathOf("tests/assets/Programs/UnreferencedProgram")));
    }

    [Test]
    public async Task Two_launches_of_the_same_path_share_no_static()
    {
        var launcher = Launch(UnreferencedPrograms.Original);
        await using var first = await launcher.StartAsync().Within();
        await using var second = await launcher.StartAsync().Within();

        Assert.That(await AskAsync(first, "visits"), Is.EqualTo("1"));
        Assert.That(await AskAsync(first, "visits"), Is.EqualTo("2"));
        Assert.That(await AskAsync(second, "visits"), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_program_uses_its_own_packages_and_the_shared_framework_of_the_process()
    {
        await using var handle = await Launch(UnreferencedPrograms.Original).StartAsync().Within();

        Assert.That(await AskAsync(handle, "context-of-nito"), Is.EqualTo("UnreferencedProgram"));
        Assert.That(await AskAsync(handle, "context-of-hosting"), Is.EqualTo("Default"));
    }

    [Test]
    [NonParallelizable]
    public async Task A_program_launched_by_its_path_can_be_the_entry_assembly_of_the_process()
    {
        await using var handle = await Launch(UnreferencedPrograms.Original, options => options.SetEntryAssembly = true).StartAsync().Within();

        Assert.That(await AskAsync(handle, "entry"), Is.EqualTo("UnreferencedProgram"));
    }

    [Test]
    public void A_relative_path_begins_at_the_current_directory() =>
        Assert.That(Launch(Path.GetRelativePath(Directory.GetCurrentDirectory(), UnreferencedPrograms.Original)).Name, Is.EqualTo("UnreferencedProgram"));

    private static Launcher Launch(string path, Action<ProgramOptions>? configure = null) => Launcher.ForProgram(path, options =>
    {
        options.Configuration["hostBuilder:reloadConfigOnChange"] = "false";
        configure?.Invoke(options);
        options.UseLoopback();
    });

    private static Task<string> AskAsync(LaunchHandle handle, string path) => Host.VisitAsync(new(handle.Address, path)).Within();
}
