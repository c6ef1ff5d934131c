using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>The assembly of a program that is given by name.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NamedAssemblyTests
{
    [Test]
    public void A_program_is_found_by_the_name_of_its_assembly() => Assert.That(NamedAssembly.Load("CalledProgram"), Is.SameAs(typeof(CalledProgram.Program).Assembly));

    [TestCase("")]
    [TestCase("  ")]
    public void A_blank_name_is_refused(string name) =>
        Assert.That(() => NamedAssembly.Load(name), Throws.ArgumentException.With.Message.Contains("is blank").And.Property("ParamName").EqualTo("name"));

    [Test]
    public void A_name_of_no_assembly_is_refused_and_the_message_says_what_to_pass() =>
        Assert.That(
            () => NamedAssembly.Load("NoSuchProgram"),
            Throws.ArgumentException.With.Message.Contains("no assembly 'NoSuchProgram'").And.Message.Contains("Reference its project, pass the path of its .dll, or pass the assembly itself")
                .And.Property("ParamName").EqualTo("name").And.InnerException.InstanceOf<FileNotFoundException>());
}
