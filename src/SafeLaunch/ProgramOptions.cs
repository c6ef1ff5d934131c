using System.Reflection;

namespace SafeLaunch;

/// <summary>
/// How a whole program is launched by <see cref="Launcher.ForProgram(Assembly, Action{ProgramOptions})"/>. By default the program
/// is named and housed as if it had been started by itself: it gets arguments that say so, which a host takes as configuration.
/// </summary>
/// <remarks>
/// The arguments come in this order: <c>--applicationName</c> and <c>--contentRoot</c>, <c>--environment</c> where it is set, each entry of
/// <see cref="LaunchOptions.Configuration"/>, and then <see cref="Args"/>. An argument or an entry that <see cref="Args"/> names too is left out,
/// so that the program's own arguments win. <see cref="LaunchOptions.Name"/> is the name of the program by default.
/// </remarks>
public sealed class ProgramOptions : LaunchOptions
{
    /// <summary>Gets the program's own arguments. Default: empty. None of them may be null.</summary>
    public IList<string> Args { get; private set; } = [];

    /// <summary>Gets or sets the environment, passed as <c>--environment</c>. Default: null, and nothing is passed. Not blank.</summary>
    public string? Environment { get; set; }

    /// <summary>
    /// Gets or sets the folder of the program's appsettings and wwwroot, passed as <c>--contentRoot</c>. It must exist. Default: null,
    /// for the program's own folder. That is the folder of its assembly; or the folder of its project where the assembly was built on
    /// this machine and lies in the <c>bin</c> folder of a project, and not in a <c>publish</c> folder, as under <c>dotnet run</c>.
    /// </summary>
    public string? ContentRoot { get; set; }

    /// <summary>
    /// Gets or sets whether the program gets <c>--applicationName</c>, <c>--contentRoot</c> and <see cref="LaunchOptions.Configuration"/>
    /// as arguments. Default: true. False for a program that has no host, or reads its arguments by position; <see cref="ContentRoot"/>
    /// has no effect then.
    /// </summary>
    public bool PassHostArguments { get; set; } = true;

    /// <summary>
    /// Gets or sets whether <see cref="Assembly.GetEntryAssembly"/> is the program while its <c>Main</c> runs, for a program that does not
    /// hand its arguments on to its host, which then takes its name from there. Default: false, since the entry assembly is one for the
    /// whole process: other code sees it change, and two programs cannot have it at once; the second start fails with a
    /// <see cref="LaunchException"/>. Needs .NET 9 or later.
    /// </summary>
    public bool SetEntryAssembly { get; set; }

    internal override void CopyWhatIsShared()
    {
        base.CopyWhatIsShared();
        this.Args = [.. this.Args];
    }
}
