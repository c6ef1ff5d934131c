using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using SafeLaunch.Wire;

namespace SafeLaunch.Child;

/// <summary>A method that the parent has named, found in this process.</summary>
internal sealed class FoundMethod(MethodInfo method)
{
    public MethodInfo Method { get; } = method;

    /// <exception cref="LaunchException">There is no such method here.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The parent knows it by reflection too.")]
    public static FoundMethod Find(MethodReference reference)
    {
        var module = Load(reference.Assembly, reference.Path).ManifestModule;
        return module.ModuleVersionId == reference.Module && module.ResolveMethod(reference.Token) is MethodInfo found
            ? new(found)
            : throw new LaunchException($"The child process has another build of '{reference.Assembly}' than its parent, and cannot find '{reference.Name}' in it. Build both from the same sources, or launch the program by its path.");
    }

    /// <exception cref="LaunchException">There is no such assembly here.</exception>
    public static Assembly AssemblyOf(ProgramReference program) =>
        program.Assembly is null && Assembly.GetEntryAssembly() is { } entry ? entry : Load(program.Assembly, program.Path);

    /// <summary>A delegate that calls it.</summary>
    public T CreateCall<T>()
        where T : Delegate => (T)Delegate.CreateDelegate(typeof(T), this.Target(), this.Method);

    /// <summary>A lambda that captures nothing is a method of an object without fields.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The compiler has made the type, with this constructor.")]
    private object? Target() => this.Method.IsStatic ? null : Activator.CreateInstance(this.Method.DeclaringType!, nonPublic: true);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The parent knows it by reflection too.")]
    private static Assembly Load(string? name, string path)
    {
        try
        {
            return name is null ? Assembly.LoadFrom(path) : Assembly.Load(name);
        }
        catch (FileNotFoundException) when (name is not null && path.Length > 0)
        {
            return Assembly.LoadFrom(path);
        }
    }
}
