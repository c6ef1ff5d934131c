#if NET
using System.Reflection.PortableExecutable;

namespace SafeLaunch.Programs;

/// <content>Reads the place of the symbols.</content>
internal static partial class ProgramFolder
{
    /// <summary>The path where the compiler has put the symbols of an assembly: in a folder of its project. Null if it has noted none.</summary>
    private static string? SymbolFileOf(string assembly)
    {
        using var reader = new PEReader(File.OpenRead(assembly));
        foreach (var entry in reader.ReadDebugDirectory())
        {
            if (entry.Type == DebugDirectoryEntryType.CodeView && Path.IsPathRooted(reader.ReadCodeViewDebugDirectoryData(entry).Path))
            {
                return reader.ReadCodeViewDebugDirectoryData(entry).Path;
            }
        }

        return null;
    }
}
#endif
