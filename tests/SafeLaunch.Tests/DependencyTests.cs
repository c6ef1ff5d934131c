using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace SafeLaunch.Tests;

/// <summary>The order in which the namespaces of src/SafeLaunch may use one another, in signatures and in the bodies of methods.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DependencyTests
{
    /// <summary>Each namespace may use those of earlier lines. Namespaces of one line may not use one another.</summary>
    private static readonly string[][] Order =
    [
        ["SafeLaunch.Internal"],
        ["SafeLaunch.Threading", "SafeLaunch.ConsoleInput", "SafeLaunch.Readiness", "SafeLaunch.Programs", "SafeLaunch.Telemetry"],
        ["SafeLaunch.Hosting"],
        ["SafeLaunch.Supervision"],
        ["SafeLaunch"],
    ];

    /// <summary>The types through which callers come in. All other types of the root, such as options and exceptions, are data that each namespace may use.</summary>
    private static readonly string[] Doors = [nameof(Launcher), nameof(LaunchHandle), nameof(Ready)];

    private static readonly Architecture Core = new ArchLoader().LoadAssembly(typeof(Launcher).Assembly).Build();

    [Test]
    public void Namespaces_depend_on_each_other_in_one_direction()
    {
        var dependencies = Core.Types.Where(IsOfTheCore)
            .SelectMany(type => type.Dependencies.Select(dependency => (From: type, To: dependency.Target)))
            .Where(dependency => IsOfTheCore(dependency.To))
            .ToArray();
        var violations = dependencies
            .Where(dependency => !Allows(dependency.From, dependency.To))
            .Select(dependency => $"{dependency.From.FullName} uses {dependency.To.FullName}");

        Assert.That(dependencies, Has.Length.GreaterThan(1_000));
        Assert.That(violations.Distinct(StringComparer.Ordinal), Is.Empty);
    }

    [Test]
    public void Every_namespace_of_the_core_has_its_place_in_the_order() =>
        Assert.That(
            Core.Types.Where(IsOfTheCore).Select(type => type.Namespace.FullName).Distinct(StringComparer.Ordinal),
            Is.EquivalentTo(Order.SelectMany(line => line)));

    private static bool Allows(IType from, IType to)
    {
        var (user, used) = (from.Namespace.FullName, to.Namespace.FullName);
        return user.Equals(used, StringComparison.Ordinal)
            || (used is "SafeLaunch" ? !Doors.Contains(to.Name, StringComparer.Ordinal) : LineOf(used) < LineOf(user));
    }

    private static int LineOf(string name) => Array.FindIndex(Order, line => line.Contains(name, StringComparer.Ordinal));

    private static bool IsOfTheCore(IType type) => type.FullName.StartsWith("SafeLaunch.", StringComparison.Ordinal);
}
