using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>Which launches are of the same program with the same arguments.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProgramIdentityTests
{
    private const int Main = 1;
    private const int OtherMain = 2;

    private static readonly Guid Module = Guid.NewGuid();
    private static readonly string[] Args = ["first", "second"];
    private static readonly ProgramIdentity Identity = new(Module, Main, Args);

    private static IEnumerable<TestCaseData> Others()
    {
        yield return Case("another module", new ProgramIdentity(Guid.NewGuid(), Main, Args));
        yield return Case("another entry point", new ProgramIdentity(Module, OtherMain, Args));
        yield return Case("other arguments", new ProgramIdentity(Module, Main, ["first", "other"]));
        yield return Case("arguments in other letters", new ProgramIdentity(Module, Main, ["first", "SECOND"]));
        yield return Case("fewer arguments", new ProgramIdentity(Module, Main, ["first"]));
        yield return Case("no identity", null);

        static TestCaseData Case(string name, object? other) => new TestCaseData(other).SetArgDisplayNames(name);
    }

    [Test]
    public void Two_identities_of_the_same_program_with_equal_arguments_are_equal()
    {
        var same = new ProgramIdentity(Module, Main, [.. Args]);

        Assert.That(Identity.Equals((object)same), Is.True);
        Assert.That(same.GetHashCode(), Is.EqualTo(Identity.GetHashCode()));
    }

    [TestCaseSource(nameof(Others))]
    public void Identities_are_different_where_one_part_is(object? other) => Assert.That(Identity.Equals(other), Is.False);
}
