#if NET
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using NUnit.Framework.Constraints;
using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>The header of a program's file, which is read before any code is loaded, and files that are refused.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProgramHeaderTests : IDisposable
{
    private const string Remedy = "ChildProcess.ForProgram";

    private static readonly Architecture Here = RuntimeInformation.ProcessArchitecture;

    private readonly ProgramFiles files = new();

    public void Dispose() => this.files.Dispose();

    [Test]
    public void The_header_of_a_program_has_what_its_loaded_assembly_has()
    {
        var program = typeof(CalledProgram.Program).Assembly;

        Assert.That(
            ProgramHeader.Read(program.Location, "program"),
            Is.EqualTo(new ProgramHeader("CalledProgram", program.ManifestModule.ModuleVersionId, program.EntryPoint!.MetadataToken)));
    }

    [Test]
    public void A_library_is_refused()
    {
        var library = typeof(Launcher).Assembly.Location;

        Assert.That(() => ProgramHeader.Read(library, "program"), Refused($"'{library}' is a library", "no entry point"));
    }

    [TestCase(Machine.Amd64, CorFlags.ILOnly, Architecture.X64)]
    [TestCase(Machine.Arm64, CorFlags.ILOnly, Architecture.Arm64)]
    [TestCase(Machine.ArmThumb2, CorFlags.ILOnly, Architecture.Arm)]
    [TestCase(Machine.I386, CorFlags.ILOnly | CorFlags.Requires32Bit, Architecture.X86)]
    public void A_program_that_was_built_for_one_processor_is_refused_on_others(Machine machine, CorFlags flags, Architecture processor)
    {
        var program = ProgramFiles.Write(this.files.PathOf("Program.dll"), machine, flags);

        Assert.That(
            () => ProgramHeader.Read(program, "program"),
            processor == Here ? Throws.Nothing : Refused($"'{program}' was built for {machine}, and this process is {Here}", Remedy));
    }

    [TestCase(Machine.I386)]
    [TestCase(Machine.LoongArch64)]
    public void A_program_for_any_processor_or_for_an_unknown_one_is_left_to_the_runtime(Machine machine)
    {
        var program = ProgramFiles.Write(this.files.PathOf("Program.dll"), machine);

        var header = ProgramHeader.Read(program, "program");

        Assert.That((header.Name, header.Module), Is.EqualTo(("Program", ProgramFiles.Module)));
    }

    [TestCase("Program", "Program.dll")]
    [TestCase("My.Program", "My.Program.dll")]
    [TestCase("Program.exe", "Program.dll")]
    [TestCase("Program.EXE", "Program.dll")]
    public void For_the_native_file_that_starts_a_program_the_message_names_the_assembly_beside_it(string native, string assembly)
    {
        var file = this.files.WriteText("native code", native);
        var beside = ProgramFiles.Write(this.files.PathOf(assembly));

        Assert.That(() => ProgramHeader.Read(file, "program"), Refused($"'{file}' is no .NET assembly", $"Pass '{beside}'."));
    }

    [Test]
    public void For_a_file_without_an_assembly_beside_it_the_message_asks_for_one()
    {
        var file = this.files.WriteText("native code", "Program");

        Assert.That(() => ProgramHeader.Read(file, "program"), Refused($"'{file}' is no .NET assembly", $"Pass the path of its .dll. Or, where it has none: Launch the program in a separate process with {Remedy}"));
    }

    [Test]
    public void A_library_of_native_code_is_refused()
    {
        const int SizeOfEntry = 8, EntriesBefore = 96, EntryOfNet = 14;
        var file = ProgramFiles.Write(this.files.PathOf("Native.dll"));
        var bytes = File.ReadAllBytes(file);
        using (var reader = new PEReader(new MemoryStream(bytes)))
        {
            Array.Clear(bytes, reader.PEHeaders.PEHeaderStartOffset + EntriesBefore + (EntryOfNet * SizeOfEntry), SizeOfEntry);
        }

        File.WriteAllBytes(file, bytes);

        Assert.That(() => ProgramHeader.Read(file, "program"), Refused($"'{file}' is no .NET assembly", Remedy));
    }

    private static EqualStringConstraint Refused(string reason, string remedy) =>
        Throws.ArgumentException.With.Message.StartsWith(reason).And.Message.Contains(remedy).And.Property(nameof(ArgumentException.ParamName)).EqualTo("program");
}
#endif
