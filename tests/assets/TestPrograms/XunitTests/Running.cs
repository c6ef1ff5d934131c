namespace TestPrograms;

internal static class Running
{
    public static CancellationToken CancellationToken => CancellationToken.None;
}
