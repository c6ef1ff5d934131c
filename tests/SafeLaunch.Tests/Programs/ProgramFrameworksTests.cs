#if NET
using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>The shared frameworks that a program names in its <c>.runtimeconfig.json</c>, in a process that has Microsoft.NETCore.App alone.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProgramFrameworksTests : IDisposable
{
    private static readonly string Present = Environment.Version.ToString(2);

    private readonly ProgramFiles files = new();

    public void Dispose() => this.files.Dispose();

    [TestCase("""{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "99.1.3" } } }""", TestName = "A_newer_framework_that_a_program_needs_is_missing_where_it_is_named_alone")]
    [TestCase("""{ "runtimeOptions": { "frameworks": [ { "name": "Other", "version": "99.1.3" }, { "name": "Microsoft.NETCore.App", "version": "99.1.3" } ] } }""", TestName = "A_newer_framework_that_a_program_needs_is_missing_where_it_is_one_of_a_list")]
    [TestCase("""{ "runtimeOptions": { "includedFrameworks": [ { "name": "Microsoft.NETCore.App", "version": "99.1.3" } ] } }""", TestName = "A_newer_framework_that_a_program_needs_is_missing_where_the_program_brings_it")]
    [TestCase("""{ "runtimeOptions": { "framework": { "name": "MICROSOFT.NETCORE.APP", "version": "99.1.0-preview.2.3" } } }""", TestName = "A_newer_framework_that_a_program_needs_is_missing_where_it_is_a_preview_in_other_letters")]
    [TestCase("""{ /* a comment */ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "99.1.3", }, }, }""", TestName = "A_newer_framework_that_a_program_needs_is_missing_where_the_file_has_comments_and_trailing_commas")]
    public void A_newer_framework_is_missing(string configuration) =>
        Assert.That(
            () => this.ThrowIfMissing(configuration),
            Throws.InstanceOf<PlatformNotSupportedException>().With.Message.EqualTo(
                $"The program '{this.Program}' needs the shared framework {(configuration.Contains("MICROSOFT", StringComparison.Ordinal) ? "MICROSOFT.NETCORE.APP" : "Microsoft.NETCore.App")} 99.1, and this process has {Present}; it cannot be loaded later. "
                + "Launch the program in a separate process with ChildProcess.ForProgram, of SafeLaunch.Processes."));

    [TestCase("Microsoft.AspNetCore.App")]
    [TestCase("Microsoft.WindowsDesktop.App")]
    public void For_a_framework_that_the_process_has_in_no_version_the_message_says_how_to_reference_it(string framework) =>
        Assert.That(
            () => this.ThrowIfMissing($$"""{ "runtimeOptions": { "framework": { "name": "{{framework}}", "version": "1.0.0" } } }"""),
            Throws.InstanceOf<PlatformNotSupportedException>().With.Message.Contains($"needs the shared framework {framework} 1.0, and this process has none; it cannot be loaded later. Add a FrameworkReference to {framework} to the project of this process. Or: Launch the program"));

    [Test]
    public void A_newer_patch_of_a_framework_that_the_process_has_is_not_missing() =>
        Assert.That(() => this.ThrowIfMissing($$"""{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "{{Present}}.999" } } }"""), Throws.Nothing);

    [TestCase("""{ "runtimeOptions": { "framework": { "name": "Other", "version": "99.0.0" } } }""")]
    [TestCase("""{ "runtimeOptions": { } }""")]
    [TestCase("{ }")]
    public void Nothing_is_missing_where_a_program_names_no_framework_that_is_known_here(string configuration) =>
        Assert.That(() => this.ThrowIfMissing(configuration), Throws.Nothing);

    [Test]
    public void Nothing_is_missing_where_a_program_has_no_runtime_configuration() =>
        Assert.That(() => ProgramFrameworks.ThrowIfMissing(this.Program), Throws.Nothing);

    private string Program => this.files.PathOf("Program.dll");

    private void ThrowIfMissing(string configuration)
    {
        this.files.WriteText(configuration, "Program.runtimeconfig.json");
        ProgramFrameworks.ThrowIfMissing(this.Program);
    }
}
#endif
