namespace SafeLaunch.Testing.Tests.Frameworks;

/// <summary>The tests of tests/assets/TestPrograms under one framework, as a process of its runner.</summary>
/// <param name="Name">The name of the project.</param>
/// <param name="Filter">What the runner is given to run one class: the option, and the value with {0} for the name of the class.</param>
public sealed record TestProgram(string Name, params IReadOnlyList<string> Filter)
{
    private const string VSTestFilter = "--TestCaseFilter:FullyQualifiedName~{0}";

    public static IReadOnlyList<TestProgram> All { get; } =
    [
        new("NUnitTests", "--filter", "FullyQualifiedName~{0}"),
        new("XunitV3Tests", "--filter-class", "*.{0}"),
        new("MSTestTests", "--filter", "FullyQualifiedName~{0}"),
        new("TUnitTests", "--treenode-filter", "/*/*/{0}/*"),
        new("XunitTests", VSTestFilter) { IsRunByVSTest = true },
    ];

    /// <summary>Gets the same programs, run by VSTest.</summary>
    public static IReadOnlyList<TestProgram> UnderVSTest { get; } =
    [
        new("NUnitTests", VSTestFilter) { IsRunByVSTest = true },
        new("MSTestTests", VSTestFilter) { IsRunByVSTest = true },
        new("MSTestNewestTests", VSTestFilter) { IsRunByVSTest = true },
        .. All.Where(program => program.IsRunByVSTest),
    ];

    /// <summary>Gets whether the runner is VSTest, which runs the tests in a process that it starts.</summary>
    public bool IsRunByVSTest { get; private init; }

    public override string ToString() => this.Name;

    /// <summary>Runs the tests of one class.</summary>
    internal TestProgramRun Run(string testClass) => new(this, testClass);
}
