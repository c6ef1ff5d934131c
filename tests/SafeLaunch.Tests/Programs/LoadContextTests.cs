#if NET
using System.Runtime.Loader;
using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>The load context in which assemblies are found by name while a program runs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LoadContextTests
{
    [Test]
    public void The_load_context_of_a_program_counts_until_it_is_left()
    {
        var before = AssemblyLoadContext.CurrentContextualReflectionContext;
        var context = new AssemblyLoadContext("program", isCollectible: true);
        var program = context.LoadFromAssemblyPath(typeof(CalledProgram.Program).Assembly.Location);

        using (LoadContext.Enter(program))
        {
            Assert.That(AssemblyLoadContext.CurrentContextualReflectionContext, Is.SameAs(context));
        }

        Assert.That(AssemblyLoadContext.CurrentContextualReflectionContext, Is.SameAs(before));
        context.Unload();
    }

    [Test]
    public void A_program_of_the_default_load_context_changes_nothing() => Assert.That(LoadContext.Enter(typeof(CalledProgram.Program).Assembly), Is.Null);
}
#endif
