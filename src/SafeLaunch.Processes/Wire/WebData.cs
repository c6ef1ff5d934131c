using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SafeLaunch.Wire;

/// <summary>Adds the settings of <c>SafeLaunch.AspNetCore</c> to options, in the process that has the web hosts.</summary>
internal static class WebData
{
    /// <summary>The entry of a parent that cannot load <c>SafeLaunch.AspNetCore</c> itself.</summary>
    public const string UseLoopback = "UseLoopback";

    private const string Settings = "SafeLaunch.WebSettings, SafeLaunch.AspNetCore";

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, "SafeLaunch.WebSettings", "SafeLaunch.AspNetCore")]
    public static void AddTo(LaunchOptions options, Dictionary<string, string?> data)
    {
        var add = Type.GetType(Settings)?.GetMethod(nameof(AddTo), BindingFlags.Static | BindingFlags.Public)
            ?? throw new LaunchException($"Launch '{options.Name}' has options of SafeLaunch.AspNetCore, which its child process cannot find. Reference that package in the program of the child.");
        try
        {
            add.Invoke(obj: null, [options, data]);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }
    }
}
