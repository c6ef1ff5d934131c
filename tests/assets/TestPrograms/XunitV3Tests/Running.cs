namespace TestPrograms;

internal static class Running
{
    public static CancellationToken CancellationToken => Xunit.TestContext.Current.CancellationToken;
}
