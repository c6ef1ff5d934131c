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
        return ForProgram(ReferencedProgram.Of(program, nameof(program)), configure, nameof(program));
    }

    /// <summary>Makes the launcher of a whole program, to run in this process: its <c>Main</c>, or its top-level statements.</summary>
    /// <param name="name">
    /// The name of its assembly, which this program references, such as "Shop". Or the path of its <c>.dll</c>, which no code needs to
    /// reference: <c>"/apps/shop/Shop.dll"</c>. A relative path begins at the current directory.
    /// </param>
    /// <param name="configure">Sets how it is launched, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <remarks>
    /// By its path, each launch loads the program into a separate load context: with its own statics, its own assemblies from its own
    /// folder, and the shared frameworks and Microsoft.Extensions.* of this process. The context is unloaded at the end of the launch, once
    /// no other code refers to anything of it. <see cref="AppContext.BaseDirectory"/> and <see cref="Assembly.GetEntryAssembly"/> stay those
    /// of the process. Needs .NET 10.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no such assembly; the inner exception says where it was looked for. Or the file is no .NET program, has no entry
    /// point, or was built for another processor. Or what <see cref="ForProgram(Assembly, Action{ProgramOptions})"/> throws.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no file of that path.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// The program needs a shared framework that this process lacks, such as ASP.NET Core, or a newer version. Or this runtime has no load contexts.
    /// </exception>
#if NET
    [RequiresUnreferencedCode(FoundByReflection)]
#endif
    public static Launcher ForProgram(string name, Action<ProgramOptions>? configure = null)
    {
        Guard.NotNull(name, nameof(name));
        IProgram program = ProgramPath.Is(name) ? ProgramPath.Read(name, nameof(name)) : ReferencedProgram.Of(NamedAssembly.Load(name), nameof(name));
        return ForProgram(program, configure, nameof(name));
    }

#if NET
    [RequiresUnreferencedCode(FoundByReflection)]
#endif
    private static Launcher ForProgram(IProgram program, Action<ProgramOptions>? configure, string parameter)
    {
        var settings = new ProgramOptions { Name = program.Name };
        configure?.Invoke(settings);
        var arguments = ProgramArguments.Of(program, settings);
        var entryPoint = new EntryPoint(program, arguments.All, [.. settings.Args], settings.SetEntryAssembly);
        return entryPoint.Refusal is { } refusal
            ? throw new ArgumentException(refusal, parameter)
            : new(LaunchCall.From(entryPoint), AppHostPlace.Validated(settings, arguments, nameof(configure)));
    }
}
