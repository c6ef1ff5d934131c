namespace TestPrograms;

internal static class Running
{
    public static CancellationToken CancellationToken => TUnit.Core.TestContext.Current!.Execution.CancellationToken;
}
