using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using SafeLaunch.Wire;

namespace SafeLaunch.Parent;

/// <summary>Finds the method of a delegate that needs no object, so that another process can call the method too.</summary>
internal static class PortableMethod
{
    /// <exception cref="ArgumentException">The delegate needs an object, or has no method that can be found again.</exception>
    public static MethodReference Of(Delegate code, string role, string parameter)
    {
        var method = code.Method;
        if (Obstacle(code, method) is { } obstacle)
        {
            throw new ArgumentException($"{role} runs in a child process, and {obstacle} Pass a static method, or a lambda that captures nothing; give it its data by Configuration, Args or EnvironmentVariables.", parameter);
        }

        var assembly = method.Module.Assembly;
        var (module, token) = PlaceOf(method);
        return new(assembly.FullName!, ChildProgram.LocationOf(assembly), module, token, $"{method.DeclaringType}.{method.Name}");
    }

    private static (Guid Module, int Token) PlaceOf(MethodInfo method)
    {
        try
        {
            return (method.Module.ModuleVersionId, method.MetadataToken);
        }
        catch (InvalidOperationException)
        {
            // Native code has no tokens. Its child has the launchers of RunIfChild instead.
            return (Guid.Empty, MethodReference.NoToken);
        }
    }

    private static string? Obstacle(Delegate code, MethodInfo method)
    {
        if (code.GetInvocationList().Length > 1)
        {
            return "it is several delegates in one.";
        }

        if (method.DeclaringType is null || method.Module.Assembly.IsDynamic)
        {
            return "its method was made at run time and is in no file.";
        }

        if (method.IsGenericMethod || method.DeclaringType.IsGenericType)
        {
            return $"'{method.DeclaringType}.{method.Name}' is generic.";
        }

        // The compiler makes a lambda that captures nothing a method of an object without fields.
        return code.Target is null || (!method.IsStatic && HasNoState(code.Target.GetType()))
            ? null
            : $"'{method.DeclaringType}.{method.Name}' needs an object of this process, of type {code.Target.GetType()}: the lambda captures variables, or the method is not static.";
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The fields of a trimmed object that it needs are there.")]
    private static bool HasNoState(Type type) =>
        type.Name.StartsWith("<>c", StringComparison.Ordinal)
        && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Length == 0;
}
