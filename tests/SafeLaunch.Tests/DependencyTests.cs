using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace SafeLaunch.Tests;

/// <summary>
/// The order in which the namespaces of src/SafeLaunch may use one another, in signatures and in the bodies of methods. The types of the root are of
/// two kinds: doors come last in the order, and data comes first, so that no namespace reaches a later one by way of the root.
/// </summary>
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

    /// <summary>The types of the root through which callers come in. All others, such as options and exceptions, are data: each namespace may use them, and they use no namespace but Internal.</summary>
    private static readonly string[] Doors = [nameof(Launcher), nameof(LaunchHandle), nameof(ILaunches), nameof(Ready), HandedOn];

    /// <summary>The door that is given to code of callers. Options and probes hold that code, and so each namespace may hand it on.</summary>
    private const string HandedOn = nameof(LaunchContext);

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
        return IsData(to)
            || to.Name is HandedOn
            || (IsData(from) ? used.Equals(Order[0][0], StringComparison.Ordinal)
                : user.Equals(used, StringComparison.Ordinal) || LineOf(used) < LineOf(user));
    }

    private static bool IsData(IType type) => type.Namespace.FullName is "SafeLaunch" && !Doors.Contains(type.Name, StringComparer.Ordinal);

    private static int LineOf(string name) => Array.FindIndex(Order, line => line.Contains(name, StringComparer.Ordinal));

    private static bool IsOfTheCore(IType type) => type.FullName.StartsWith("SafeLaunch.", StringComparison.Ordinal);
}
