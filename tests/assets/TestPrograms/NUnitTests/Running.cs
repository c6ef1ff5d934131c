namespace TestPrograms;

internal static class Running
{
    public static CancellationToken CancellationToken => NUnit.Framework.TestContext.CurrentContext.CancellationToken;
}
