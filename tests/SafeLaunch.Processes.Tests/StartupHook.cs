#pragma warning disable CA1050, MA0047 // .NET looks for it under this name, in no namespace.
/// <summary>A startup hook of another tool.</summary>
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    public static void Initialize() => Environment.SetEnvironmentVariable("HOOKED", "yes");
}
