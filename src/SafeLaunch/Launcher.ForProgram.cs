#if NET
using System.Diagnostics.CodeAnalysis;
#endif
using System.Reflection;
using SafeLaunch.Programs;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <content>Launchers of whole programs.</content>
public sealed partial class Launcher
{
#if NET
    private const string FoundByReflection = "The entry point of a program is found by reflection. Pass a delegate that calls it in a trimmed program.";
#endif

    /// <summary>Makes the launcher of a whole program, to run in this process: its <c>Main</c>, or its top-level statements.</summary>
    /// <typeparam name="TProgram">Any type of the program.</typeparam>
    /// <param name="configure">Sets how it is launched, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentException">What <see cref="ForProgram(Assembly, Action{ProgramOptions})"/> throws.</exception>
#if NET
    [RequiresUnreferencedCode(FoundByReflection)]
#endif
    public static Launcher ForProgram<TProgram>(Action<ProgramOptions>? configure = null) => ForProgram(typeof(TProgram).Assembly, configure);

    /// <summary>Makes the launcher of a whole program, to run in this process: its <c>Main</c>, or its top-level statements.</summary>
    /// <param name="program">The assembly of the program.</param>
    /// <param name="configure">Sets how it is launched, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="program"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The assembly has no entry point, an argument is null, or an option is out of its range. Or the caller runs inside a launch of
    /// that program with these <see cref="ProgramOptions.Args"/>, and would launch itself again and again.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException"><see cref="ProgramOptions.ContentRoot"/> does not exist.</exception>
    /// <exception cref="PlatformNotSupportedException"><see cref="ProgramOptions.SetEntryAssembly"/> is set before .NET 9.</exception>
#if NET
    [RequiresUnreferencedCode(FoundByReflection)]
#endif
    public static Launcher ForProgram(Assembly program, Action<ProgramOptions>? configure = null)
    {
        Guard.NotNull(program, nameof(program));
        var main = program.EntryPoint ?? throw new ArgumentException(
            $"The assembly '{program.GetName().Name}' has no entry point. Pass the assembly of a program, or launch a delegate.",
            nameof(program));
        var settings = new ProgramOptions { Name = ProgramArguments.NameOf(program) };
        configure?.Invoke(settings);
        var arguments = ProgramArguments.Of(program, settings);
        var entryPoint = new EntryPoint(main, arguments.All, [.. settings.Args], settings.SetEntryAssembly);
        return entryPoint.Refusal is { } refusal
            ? throw new ArgumentException(refusal, nameof(program))
            : new(LaunchBody.From(entryPoint), AppHostPlace.Validated(settings, arguments));
    }

    /// <summary>Makes the launcher of a whole program, to run in this process: its <c>Main</c>, or its top-level statements.</summary>
    /// <param name="name">The name of its assembly, which this program references: "Shop", not the path of a file.</param>
    /// <param name="configure">Sets how it is launched, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no such assembly; the inner exception says where it was looked for. Or what
    /// <see cref="ForProgram(Assembly, Action{ProgramOptions})"/> throws.
    /// </exception>
#if NET
    [RequiresUnreferencedCode(FoundByReflection)]
#endif
    public static Launcher ForProgram(string name, Action<ProgramOptions>? configure = null) => ForProgram(NamedAssembly.Load(name), configure);
}
