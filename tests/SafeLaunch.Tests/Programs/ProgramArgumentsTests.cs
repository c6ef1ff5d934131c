using System.Reflection;
using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>The arguments that put a program at home, and the arguments that win over them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProgramArgumentsTests
{
    private const string Name = "CalledProgram";

    private static readonly Assembly Program = typeof(CalledProgram.Program).Assembly;
    private static readonly string Folder = ProgramFolder.Of(Program.Location);

    [Test]
    public void A_program_gets_its_name_and_its_folder() =>
        Assert.That(ArgumentsOf(_ => { }), Is.EqualTo(new[] { $"--applicationName={Name}", $"--contentRoot={Folder}" }));

    [Test]
    public void The_programs_own_arguments_come_last() =>
        Assert.That(
            ArgumentsOf(options =>
            {
                options.Args.Add("--greeting");
                options.Args.Add("hello");
                options.Environment = "Staging";
                options.Configuration["Shop:Name"] = "--odd=name";
            }),
            Is.EqualTo(new[] { $"--applicationName={Name}", $"--contentRoot={Folder}", "--Shop:Name=--odd=name", "--environment=Staging", "--greeting", "hello" }));

    [TestCase("--contentRoot=/elsewhere")]
    [TestCase("--contentRoot", "/elsewhere")]
    [TestCase("/contentRoot", "/elsewhere")]
    [TestCase("/contentRoot=/elsewhere")]
    [TestCase("contentRoot=/elsewhere")]
    [TestCase("--CONTENTROOT", "/elsewhere")]
    [TestCase("-x", "--contentroot", "/elsewhere")]
    public void An_argument_of_the_caller_replaces_that_of_the_launch(params string[] own)
    {
        var arguments = ArgumentsOf(options => Array.ForEach(own, options.Args.Add));

        Assert.That(arguments, Is.EqualTo((string[])[$"--applicationName={Name}", .. own]));
    }

    [Test]
    public void An_argument_that_is_only_the_value_of_another_leaves_the_folder_as_it_is() =>
        Assert.That(
            ArgumentsOf(options => Array.ForEach(["--text", "--contentRoot"], options.Args.Add)),
            Is.EqualTo(new[] { $"--applicationName={Name}", $"--contentRoot={Folder}", "--text", "--contentRoot" }));

    [Test]
    public void Configuration_without_a_value_and_with_a_key_that_is_no_argument_is_left_out() =>
        Assert.That(
            ArgumentsOf(options =>
            {
                options.Configuration["None"] = null;
                options.Configuration["A=B"] = "C";
                options.Configuration["=B"] = "C";
                options.Configuration[""] = "C";
                options.Configuration["Empty"] = "";
            }),
            Is.EqualTo(new[] { $"--applicationName={Name}", $"--contentRoot={Folder}", "--Empty=" }));

    [Test]
    public void A_content_root_of_the_options_wins_over_one_of_the_configuration() =>
        Assert.That(
            ArgumentsOf(options =>
            {
                options.ContentRoot = AppContext.BaseDirectory;
                options.Configuration["contentRoot"] = Path.GetTempPath();
            }),
            Does.Contain($"--contentRoot={AppContext.BaseDirectory}").And.Length.EqualTo(2));

    [Test]
    public void A_program_that_wants_no_arguments_of_a_host_gets_its_own_alone() =>
        Assert.That(
            ArgumentsOf(options =>
            {
                options.PassHostArguments = false;
                options.Configuration["Shop:Name"] = "name";
                options.Args.Add("own");
            }),
            Is.EqualTo(new[] { "own" }));

    [TestCase("Environment", "")]
    [TestCase("Environment", " ")]
    [TestCase("ContentRoot", "")]
    [TestCase("ContentRoot", " ")]
    public void A_blank_option_is_refused_by_its_name(string option, string value) =>
        Assert.That(
            () => ArgumentsOf(options => typeof(ProgramOptions).GetProperty(option)!.SetValue(options, value)),
            Throws.ArgumentException.With.Message.Contains($"{option} of the program '{Name}' is blank. Set it to null").And.Property("ParamName").EqualTo("options"));

    [Test]
    public void A_content_root_that_does_not_exist_is_refused() =>
        Assert.That(
            () => ArgumentsOf(options => options.ContentRoot = "/no/such/folder"),
            Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains($"ContentRoot '/no/such/folder' of the program '{Name}' does not exist"));

    [Test]
    public void An_argument_that_is_null_is_refused() =>
        Assert.That(() => ArgumentsOf(options => options.Args.Add(null!)), Throws.ArgumentException.With.Message.Contains($"An argument of the program '{Name}' is null").And.Property("ParamName").EqualTo("options"));

    [Test]
    public void The_entry_assembly_is_refused_as_an_option_where_the_runtime_has_one_for_good() =>
        Assert.That(
            () => ArgumentsOf(options => options.SetEntryAssembly = true),
            ProcessEntry.CanBeSet ? Throws.Nothing : Throws.InstanceOf<PlatformNotSupportedException>().With.Message.Contains("SetEntryAssembly needs .NET 9 or later"));

    [Test]
    public void A_program_that_was_copied_away_from_its_build_has_the_folder_of_its_assembly()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())).FullName;
        try
        {
            var copy = Path.Combine(folder, Path.GetFileName(Program.Location));
            File.Copy(Program.Location, copy);

            Assert.That(ProgramFolder.Of(Assembly.LoadFile(copy).Location), Is.EqualTo(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    [NotOnMono("The build for .NET Standard reads no symbols.")]
    public void A_program_whose_build_hides_the_paths_of_its_machine_has_the_folder_of_its_project() =>
        Assert.That(Folder, Is.EqualTo(Repository.PathOf($"tests/assets/Programs/{Name}")));

    private static string[] ArgumentsOf(Action<ProgramOptions> configure)
    {
        var options = new ProgramOptions();
        configure(options);
        return ProgramArguments.Of(ReferencedProgram.Of(Program, "program"), options).All;
    }
}
