using System.Text.Json;

namespace SafeLaunch.Plugins.Tests;

/// <summary>Files that are no program which this process can launch: each is refused with its reason and a remedy.</summary>
public sealed class ProgramPathTests
{
    private readonly UnreferencedPrograms program = new UnreferencedPrograms().CopyAll();

    [OneTimeTearDown]
    public void DeleteCopy() => this.program.Dispose();

    [Test]
    public void The_path_of_no_file_is_refused() =>
        Assert.That(() => Launcher.ForProgram(this.program.PathOf(".missing.dll")), Throws.InstanceOf<FileNotFoundException>().With.Message.Contains(this.program.PathOf(".missing.dll")));

    [Test]
    public void The_native_file_that_starts_a_program_is_refused_and_the_message_names_its_assembly()
    {
        var native = this.program.PathOf(OperatingSystem.IsWindows() ? ".exe" : "");

        Assert.That(() => Launcher.ForProgram(native), Throws.ArgumentException.With.Message.Contains($"Pass '{this.program.Copy}'").And.Property("ParamName").EqualTo("name"));
    }

    [Test]
    public void A_file_that_is_no_assembly_is_refused() =>
        Assert.That(() => Launcher.ForProgram(this.program.PathOf(".deps.json").Replace('\\', '/')), Throws.ArgumentException.With.Message.Contains("no .NET assembly").And.Message.Contains("ChildProcess.ForProgram"));

    [Test]
    public void ForProgram_refuses_the_path_of_a_library() =>
        Assert.That(() => Launcher.ForProgram(typeof(Launcher).Assembly.Location), Throws.ArgumentException.With.Message.Contains("no entry point"));

    [Test]
    public void A_program_that_was_built_for_another_processor_is_refused()
    {
        using var other = new UnreferencedPrograms().CopyAll();
        other.BuildForOtherProcessor();

        Assert.That(() => Launcher.ForProgram(other.Copy), Throws.ArgumentException.With.Message.Contains("was built for").And.Message.Contains("ChildProcess.ForProgram"));
    }

    [TestCase("Microsoft.WindowsDesktop.App", "10.0.0", "has none")]
    [TestCase("Microsoft.AspNetCore.App", "99.1.0-preview.2", "has 10.0")]
    [TestCase("Microsoft.NETCore.App", "99.0.0", "has 10.0")]
    public void A_program_that_needs_a_framework_which_the_process_lacks_is_refused(string framework, string version, string present)
    {
        Assume.That(framework is "Microsoft.WindowsDesktop.App" && OperatingSystem.IsWindows(), Is.False);
        using var other = new UnreferencedPrograms().CopyAll();
        File.WriteAllText(other.PathOf(".runtimeconfig.json"), JsonSerializer.Serialize(new
        {
            runtimeOptions = new
            {
                frameworks = new[] { new { name = "Microsoft.NETCore.App", version = "10.0.0" }, new { name = framework, version } },
            },
        }));

        Assert.That(
            () => Launcher.ForProgram(other.Copy),
            Throws.InstanceOf<PlatformNotSupportedException>().With.Message.Contains(framework).And.Message.Contains(present).And.Message.Contains("ChildProcess.ForProgram"));
    }

    [Test]
    public void A_program_that_brings_a_newer_version_of_what_it_has_to_share_fails_to_start()
    {
        const string Shared = "Microsoft.Extensions.Hosting.Abstractions";
        using var other = new UnreferencedPrograms().CopyAll();
        File.Delete(other.PathOf(".deps.json"));
        other.AddAssembly(Shared, new(99, 0, 0, 0));

        Assert.That(
            () => Launcher.ForProgram(other.Copy).StartAsync().Within(),
            Throws.InstanceOf<LaunchException>().With.Message.Contains($"{Shared} 99.0.0.0").And.Message.Contains("ChildProcess.ForProgram"));
    }
}
