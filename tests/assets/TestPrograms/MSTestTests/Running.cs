namespace TestPrograms;

[TestClass]
public static class Running
{
    private static readonly AsyncLocal<TestContext?> OfTest = new();

    public static CancellationToken CancellationToken => OfTest.Value!.CancellationToken;

    [GlobalTestInitialize]
    public static void Begin(TestContext context) => OfTest.Value = context;
}
