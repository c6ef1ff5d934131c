using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SafeLaunch.Child;

/// <summary>Makes the launcher of a method by the same overload of <see cref="Launcher"/> that the parent has used for its delegate.</summary>
internal static class MethodLauncher
{
    private static readonly Dictionary<bool, string> Makers = new() { [false] = nameof(ForResult), [true] = nameof(ForTaskResult) };

    [RequiresUnreferencedCode("The types of its result are known at run time alone.")]
    [RequiresDynamicCode("The types of its result are known at run time alone.")]
    public static Launcher Of(FoundMethod found, Action<LaunchOptions> configure)
    {
        var hasContext = found.Method.GetParameters().Length > 0;
        var result = found.Method.ReturnType;
        if (result == typeof(void))
        {
            return hasContext ? Launcher.For(found.CreateCall<Action<LaunchContext>>(), configure) : Launcher.For(found.CreateCall<Action>(), configure);
        }

        if (result == typeof(Task))
        {
            return hasContext ? Launcher.For(found.CreateCall<Func<LaunchContext, Task>>(), configure) : Launcher.For(found.CreateCall<Func<Task>>(), configure);
        }

        var isTask = result.IsGenericType && result.GetGenericTypeDefinition() == typeof(Task<>);
        return (Launcher)typeof(MethodLauncher)
            .GetMethod(Makers[isTask], BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(isTask ? result.GenericTypeArguments[0] : result)
            .Invoke(obj: null, [found, hasContext, configure])!;
    }

    private static Launcher ForResult<T>(FoundMethod found, bool hasContext, Action<LaunchOptions> configure) =>
        hasContext ? Launcher.For(found.CreateCall<Func<LaunchContext, T>>(), configure) : Launcher.For(found.CreateCall<Func<T>>(), configure);

    private static Launcher ForTaskResult<T>(FoundMethod found, bool hasContext, Action<LaunchOptions> configure) =>
        hasContext ? Launcher.For(found.CreateCall<Func<LaunchContext, Task<T>>>(), configure) : Launcher.For(found.CreateCall<Func<Task<T>>>(), configure);
}
