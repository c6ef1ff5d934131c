#if NET
using System.Reflection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>What a program that is loaded by its path takes from this process.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SharedAssembliesTests
{
    [TestCase("System.Private.CoreLib")]
    [TestCase("Microsoft.VisualBasic.Core")]
    [TestCase("Microsoft.Extensions.Hosting")]
    [TestCase("Microsoft.Extensions.Hosting.Abstractions")]
    [TestCase("microsoft.extensions.dependencyinjection")]
    [TestCase("Microsoft.Extensions.Logging.Abstractions")]
    public void The_framework_and_hosting_with_all_that_it_needs_are_shared(string name)
    {
        Assert.That(SharedAssemblies.Has(name), Is.True);
        Assert.That(SharedAssemblies.Names, Does.Contain(name).IgnoreCase);
    }

    [TestCase("nunit.framework")]
    [TestCase("CalledProgram")]
    [TestCase("SafeLaunch")]
    public void What_lies_in_the_folder_of_the_process_is_shared_only_where_the_runtime_lies_there_too(string name)
    {
        var folderOfRuntime = Path.GetDirectoryName(typeof(object).Assembly.Location);

        Assert.That(SharedAssemblies.Has(name), Is.EqualTo(string.Equals(folderOfRuntime, Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), StringComparison.Ordinal)));
    }

    [Test]
    public void A_shared_assembly_is_that_by_which_hosts_are_detected() =>
        Assert.That(SharedAssemblies.Load(new AssemblyName("Microsoft.Extensions.Hosting")), Is.SameAs(typeof(Host).Assembly));
}
#endif
