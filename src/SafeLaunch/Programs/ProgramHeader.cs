#if NET
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace SafeLaunch.Programs;

/// <summary>What the file of a program says of it: its name and its entry point.</summary>
internal sealed record ProgramHeader(string Name, Guid Module, int EntryPoint)
{
    /// <summary>Reads it without loading any code.</summary>
    /// <exception cref="ArgumentException">It is no program that this process can load.</exception>
    public static ProgramHeader Read(string file, string parameter)
    {
        using var reader = new PEReader(File.OpenRead(file));
        var (headers, metadata) = Open(reader) is { } opened && opened.Metadata.IsAssembly ? opened : throw NoProgram(file, parameter);
        if (headers.CorHeader!.EntryPointTokenOrRelativeVirtualAddress is 0)
        {
            throw new ArgumentException($"'{file}' is a library: it has no entry point. Pass the path of a program, or launch a delegate.", parameter);
        }

        if (!RunsHere(headers))
        {
            throw new ArgumentException($"'{file}' was built for {headers.CoffHeader.Machine}, and this process is {RuntimeInformation.ProcessArchitecture}. Build it for any processor. Or: {ProgramPath.ProcessRemedy}", parameter);
        }

        return new(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
            headers.CorHeader.EntryPointTokenOrRelativeVirtualAddress);
    }

    private static (PEHeaders Headers, MetadataReader Metadata)? Open(PEReader reader)
    {
        try
        {
            return reader.HasMetadata ? (reader.PEHeaders, reader.GetMetadataReader()) : null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>The compiler marks what runs on any processor as I386. A machine that is not known here is left to the runtime to judge.</summary>
    private static bool RunsHere(PEHeaders headers) => headers.CoffHeader.Machine switch
    {
        Machine.I386 when !headers.CorHeader!.Flags.HasFlag(CorFlags.Requires32Bit) => true,
        Machine.I386 => RuntimeInformation.ProcessArchitecture is Architecture.X86,
        Machine.Amd64 => RuntimeInformation.ProcessArchitecture is Architecture.X64,
        Machine.Arm64 => RuntimeInformation.ProcessArchitecture is Architecture.Arm64,
        Machine.ArmThumb2 => RuntimeInformation.ProcessArchitecture is Architecture.Arm,
        _ => true,
    };

    private static ArgumentException NoProgram(string file, string parameter)
    {
        var assembly = Path.GetExtension(file).Equals(".exe", StringComparison.OrdinalIgnoreCase) ? Path.ChangeExtension(file, ".dll") : file + ".dll";
        var remedy = File.Exists(assembly) ? $"Pass '{assembly}'." : $"Pass the path of its .dll. Or, where it has none: {ProgramPath.ProcessRemedy}";
        return new($"'{file}' is no .NET assembly, but native code or another kind of file. {remedy}", parameter);
    }
}
#endif
