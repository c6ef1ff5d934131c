#if NET
using System.Runtime.Loader;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>The load context of a program that is loaded for one launch.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class IsolatedProgramTests : IDisposable
{
    private const string Shared = "Microsoft.Extensions.Hosting.Abstractions";

    private static readonly Version Present = typeof(IHost).Assembly.GetName().Version!;

    private readonly ProgramFiles files = new();

    public void Dispose() => this.files.Dispose();

    [Test]
    public void The_unloading_of_a_program_begins_when_its_launch_has_ended()
    {
        using var log = new LogRecorder();
        var isUnloading = false;
        var program = this.Load();
        AssemblyLoadContext.GetLoadContext(program.Main.Module.Assembly)!.Unloading += _ => isUnloading = true;

        program.Release("launch", log.Factory.CreateLogger("log"));

        Assert.That(isUnloading, Is.True);
    }

    [Test]
    public void Each_launch_loads_the_program_again_into_a_context_of_its_name()
    {
        var (first, second) = (this.Load().Main.Module.Assembly, this.Load().Main.Module.Assembly);

        Assert.That(second, Is.Not.SameAs(first));
        Assert.That(AssemblyLoadContext.GetLoadContext(first)!.Name, Is.EqualTo("Program"));
    }

    [Test]
    public void A_program_that_brings_a_newer_version_of_a_shared_assembly_is_refused()
    {
        ProgramFiles.Write(this.files.PathOf(Shared + ".dll"), version: new(99, 1, 2, 3));

        Assert.That(
            this.Load,
            Throws.InstanceOf<LaunchException>().With.Message.Contains($"The program 'Program' brings {Shared} 99.1.2.3, which it would have to share with this process, whose version is {Present}").And.Message.Contains("ChildProcess.ForProgram"));
    }

    [Test]
    public void A_program_that_brings_an_older_version_of_a_shared_assembly_is_loaded()
    {
        ProgramFiles.Write(this.files.PathOf(Shared + ".dll"), version: new(1, 0, 0, 0));

        Assert.That(this.Load().Main.Name, Is.EqualTo("Main"));
    }

    private ILoadedProgram Load() => ProgramPath.Read(ProgramFiles.Write(this.files.PathOf("Program.dll")), "program").Load();
}
#endif
