using SafeLaunch.Wire;
using SafeLaunch.Parent;

namespace SafeLaunch;

/// <summary>How the child process of a launch is started. Not for several threads at once.</summary>
public sealed class ChildProcessOptions
{
    private readonly List<MethodReference> configure = [];

    /// <summary>
    /// Gets or sets the program that the child process runs, for a static method that is launched from a process which is no program of .NET
    /// itself, such as a plugin in a native program: the path of a .dll or of an executable. Default: null, for the launched program,
    /// or for the program of this process.
    /// </summary>
    public string? Program { get; set; }

    /// <summary>Gets the environment variables of the child process, on top of those of this process; null takes one away. Default: empty.</summary>
    public IDictionary<string, string?> EnvironmentVariables { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Gets or sets the current directory of the child process. Default: null, for that of this process.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>
    /// Gets or sets whether web hosts of the launch listen on a free port of 127.0.0.1, as <c>UseLoopback</c> of SafeLaunch.AspNetCore has it. For
    /// processes that cannot load that package, such as those of .NET Framework; the program of the child needs it. Default: false.
    /// </summary>
    public bool UseLoopback { get; set; }

    internal IReadOnlyList<MethodReference> Configure => this.configure;

    /// <summary>
    /// Changes the options of the launch in the child process, where its code runs. Several calls add up, in their order.
    /// </summary>
    /// <param name="configure">A static method, or a lambda that captures nothing. Called in the child process in each start.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="configure"/> captures something, which the child process does not have.</exception>
    public ChildProcessOptions ConfigureInChild(Action<LaunchOptions> configure)
    {
        this.configure.Add(PortableMethod.Of(Guard.NotNull(configure, nameof(configure)), nameof(this.ConfigureInChild), nameof(configure)));
        return this;
    }
}
