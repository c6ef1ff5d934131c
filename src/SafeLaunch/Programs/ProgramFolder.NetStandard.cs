#if !NET
namespace SafeLaunch.Programs;

/// <content>.NET Standard has no reader of assemblies, and a package for it would be one more that an old plugin host must load.</content>
internal static partial class ProgramFolder
{
    private static string? SymbolFileOf(string assembly)
    {
        _ = assembly;
        return null;
    }
}
#endif
