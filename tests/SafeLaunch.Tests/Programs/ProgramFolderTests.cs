#if NET
using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>Where a program finds its settings: in the folder of its project if it lies in the output of a build, and otherwise beside its assembly.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProgramFolderTests : IDisposable
{
    private readonly ProgramFiles files = new();

    public void Dispose() => this.files.Dispose();

    [Test]
    public void A_program_without_a_file_has_the_folder_of_the_process() => Assert.That(ProgramFolder.Of(""), Is.EqualTo(AppContext.BaseDirectory));

    [TestCase("Shop.csproj")]
    [TestCase("Shop.fsproj")]
    [TestCase("Shop.vbproj")]
    public void A_program_in_the_output_of_a_build_has_the_folder_of_its_project(string project)
    {
        this.files.WriteText("", "Shop", project);
        var program = this.Write(["Shop", "BIN", "Debug", "Shop.dll"], this.files.PathOf("Shop", "OBJ", "Debug", "Shop.pdb"));

        Assert.That(ProgramFolder.Of(program), Is.EqualTo(Path.Combine(this.files.Folder, "Shop")));
    }

    [Test]
    public void A_program_in_the_output_of_another_project_has_the_folder_of_the_project_that_built_it()
    {
        this.files.WriteText("", "Tests", "Tests.csproj");
        this.files.WriteText("", "Shop", "Shop.csproj");
        var program = this.Write(["Tests", "bin", "Shop.dll"], this.files.PathOf("Shop", "obj", "Shop.pdb"));

        Assert.That(ProgramFolder.Of(program), Is.EqualTo(Path.Combine(this.files.Folder, "Shop")));
    }

    [TestCase("/_/src/Shop/obj/Debug/Shop.pdb")]
    [TestCase("/_1/src/Shop/obj/Debug/Shop.pdb")]
    [TestCase("/_12/src/Shop/obj/Debug/Shop.pdb")]
    public void A_program_whose_build_hides_the_paths_of_its_machine_has_the_folder_of_its_project_in_the_same_repository(string symbols)
    {
        this.files.WriteText("", "src", "Shop", "Shop.csproj");
        this.files.WriteText("", "tests", "Shop.Tests", "Shop.Tests.csproj");
        var program = this.Write(["tests", "Shop.Tests", "bin", "Debug", "Shop.dll"], symbols);

        Assert.That(ProgramFolder.Of(program), Is.EqualTo(Path.Combine(this.files.Folder, "src", "Shop")));
    }

    [TestCase("publish", "Shop.csproj", TestName = "A_program_that_was_published_has_the_folder_of_its_assembly")]
    [TestCase("Publish", "Shop.csproj", TestName = "A_program_that_was_published_into_a_folder_in_other_letters_has_the_folder_of_its_assembly")]
    [TestCase("Debug", "Shop.shproj", TestName = "A_program_whose_project_is_of_another_kind_has_the_folder_of_its_assembly")]
    [TestCase("Debug", "Shop.txt", TestName = "A_program_in_a_folder_bin_without_a_project_has_the_folder_of_its_assembly")]
    public void A_program_that_is_in_no_build_output_has_the_folder_of_its_assembly(string folder, string project)
    {
        this.files.WriteText("", "Shop", project);
        var program = this.Write(["Shop", "bin", folder, "Shop.dll"], this.files.PathOf("Shop", "obj", "Shop.pdb"));

        Assert.That(ProgramFolder.Of(program), Is.EqualTo(Path.GetDirectoryName(program)));
    }

    [Test]
    public void A_program_beside_its_project_has_the_folder_of_its_assembly()
    {
        this.files.WriteText("", "Tools", "Other.csproj");
        this.files.WriteText("", "Shop", "Shop.csproj");
        var program = this.Write(["Tools", "Shop.dll"], this.files.PathOf("Shop", "obj", "Shop.pdb"));

        Assert.That(ProgramFolder.Of(program), Is.EqualTo(Path.GetDirectoryName(program)));
    }

    [TestCase(null, TestName = "A_program_that_notes_no_symbols_has_the_folder_of_its_assembly")]
    [TestCase("Shop.pdb", TestName = "A_program_that_notes_its_symbols_by_name_has_the_folder_of_its_assembly")]
    [TestCase("/no/such/Shop/obj/Shop.pdb", TestName = "A_program_that_was_built_on_another_machine_has_the_folder_of_its_assembly")]
    [TestCase("/_/no/such/Shop/obj/Shop.pdb", TestName = "A_program_of_another_repository_has_the_folder_of_its_assembly")]
    [TestCase("/_x/Shop/obj/Shop.pdb", TestName = "A_program_that_was_built_in_a_folder_of_an_odd_name_has_the_folder_of_its_assembly")]
    [TestCase("/x/Shop/obj/Shop.pdb", TestName = "A_program_that_was_built_in_a_folder_of_one_letter_on_another_machine_has_the_folder_of_its_assembly")]
    public void A_program_whose_project_is_not_here_has_the_folder_of_its_assembly(string? symbols)
    {
        this.files.WriteText("", "Shop", "Shop.csproj");
        var program = this.Write(["Shop", "bin", "Shop.dll"], symbols);

        Assert.That(ProgramFolder.Of(program), Is.EqualTo(Path.GetDirectoryName(program)));
    }

    private string Write(string[] parts, string? symbols) => ProgramFiles.Write(this.files.PathOf(parts), symbols: symbols);
}
#endif
