#if NET
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace SafeLaunch.Tests.Programs;

/// <summary>A folder with the files of programs, as builds for several machines write them.</summary>
internal sealed class ProgramFiles : IDisposable
{
    public static readonly Guid Module = new("6a5f1a0e-7b1c-4a4e-9f0d-1f6a3c2b9d10");

    public string Folder { get; } = Directory.CreateTempSubdirectory("program.").FullName;

    /// <summary>The full path of a file, whose folder is there.</summary>
    public string PathOf(params string[] parts)
    {
        var path = Path.Combine([this.Folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    public string WriteText(string text, params string[] parts)
    {
        var path = this.PathOf(parts);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes the assembly of a program whose Main does nothing.</summary>
    /// <param name="file">Its full path.</param>
    /// <param name="machine">The processor that it was built for. I386 is any, unless the flags require 32 bits.</param>
    /// <param name="flags">Of the header of .NET.</param>
    /// <param name="symbols">Where the compiler has put its symbols; null if it notes none.</param>
    /// <param name="version">1.0 if it is null.</param>
    public static string Write(string file, Machine machine = Machine.I386, CorFlags flags = CorFlags.ILOnly, string? symbols = null, Version? version = null)
    {
        var metadata = new MetadataBuilder();
        var name = metadata.GetOrAddString(Path.GetFileNameWithoutExtension(file));
        metadata.AddModule(0, name, metadata.GetOrAddGuid(Module), default, default);
        metadata.AddAssembly(name, version ?? new(1, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var code = new InstructionEncoder(new());
        code.OpCode(ILOpCode.Ret);
        var bodies = new BlobBuilder();
        var body = new MethodBodyStreamEncoder(bodies).AddMethodBody(code);
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, type => type.Void(), _ => { });
        var main = metadata.AddMethodDefinition(
            MethodAttributes.Static | MethodAttributes.Public, MethodImplAttributes.IL, metadata.GetOrAddString("Main"), metadata.GetOrAddBlob(signature), body, default);
        DebugDirectoryBuilder? debug = null;
        if (symbols is not null)
        {
            debug = new();
            debug.AddReproducibleEntry();
            debug.AddCodeViewEntry(symbols, new(Module, 1), portablePdbVersion: 0x0100);
        }

        var image = new BlobBuilder();
        new ManagedPEBuilder(new(machine), new(metadata), bodies, debugDirectoryBuilder: debug, flags: flags, entryPoint: main).Serialize(image);
        File.WriteAllBytes(file, image.ToArray());
        return file;
    }

    public void Dispose() => Directory.Delete(this.Folder, recursive: true);
}
#endif
