using System.Reflection;
using System.Reflection.Emit;

namespace SafeLaunch.Plugins.Tests;

/// <summary>The program that no code of the tests references, and copies of it that are changed.</summary>
internal sealed class UnreferencedPrograms : IDisposable
{
    private const string Name = "UnreferencedProgram";

    private readonly string folder = Directory.CreateTempSubdirectory("program.").FullName;

    /// <summary>Gets the path of the program as it was built.</summary>
    public static string Original { get; } = Path.Combine(Repository.OutputOf($"tests/assets/Programs/{Name}"), Name + ".dll");

    /// <summary>Gets the path of the copy.</summary>
    public string Copy => this.PathOf(".dll");

    /// <summary>The path of a file of the copy.</summary>
    public string PathOf(string extension) => Path.Combine(this.folder, Name + extension);

    public UnreferencedPrograms CopyAll()
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Original)!))
        {
            File.Copy(file, Path.Combine(this.folder, Path.GetFileName(file)));
        }

        return this;
    }

    /// <summary>Marks the copy as built for another processor.</summary>
    public void BuildForOtherProcessor()
    {
        const int PlaceOfHeader = 0x3C;
        var bytes = File.ReadAllBytes(this.Copy);
        var machine = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture is System.Runtime.InteropServices.Architecture.Arm64 ? 0x8664 : 0xAA64;
        BitConverter.GetBytes((ushort)machine).CopyTo(bytes, BitConverter.ToInt32(bytes, PlaceOfHeader) + 4);
        File.WriteAllBytes(this.Copy, bytes);
    }

    /// <summary>Puts an assembly beside the copy that has nothing but its name and its version.</summary>
    public void AddAssembly(string name, Version version)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name);
        assembly.Save(Path.Combine(this.folder, name + ".dll"));
    }

    public void Dispose() => Directory.Delete(this.folder, recursive: true);
}
