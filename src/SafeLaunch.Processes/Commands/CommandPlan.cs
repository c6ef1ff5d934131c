using System.Diagnostics;
using SafeLaunch.Running;
using SafeLaunch.Supervision;

namespace SafeLaunch.Commands;

/// <summary>What a launcher of commands starts each time.</summary>
internal sealed class CommandPlan
{
    private readonly string[] arguments;
    private readonly Dictionary<string, string?> environment;

    /// <exception cref="ArgumentException">An option reaches no command, or none says when it is ready.</exception>
    public CommandPlan(string file, string[] arguments, CommandOptions options, string parameter)
    {
        if (RefusedIn(options).ToArray() is { Length: > 0 } refused)
        {
            throw new ArgumentException($"Launch '{options.Name}' is the command '{file}', which has no app host of this process: {string.Join(", ", refused)} cannot reach it. Pass its address and its settings by its arguments or EnvironmentVariables.", parameter);
        }

        if (options.Probes.Count == 0)
        {
            throw new ArgumentException($"Launch '{options.Name}' is the command '{file}', and no option says when it is ready. Call {nameof(LaunchOptions.ReadyWhen)} with Ready.Output, Ready.Tcp or Ready.Http.", parameter);
        }

        this.File = file;
        this.arguments = arguments;
        this.environment = new(options.EnvironmentVariables, StringComparer.Ordinal);
        this.Options = options;
    }

    public string File { get; }

    public CommandOptions Options { get; }

    /// <exception cref="LaunchException">There is no such file.</exception>
    public ProcessStartInfo StartInfo()
    {
        var path = CommandFile.Find(this.File)
            ?? throw new LaunchException($"Launch '{this.Options.Name}': there is no command '{this.File}'{(CommandFile.IsName(this.File) ? " on the PATH" : "")}. Install it, or pass its path.");
        var start = CommandShell.StartInfo(path, this.arguments);
        start.WorkingDirectory = this.Options.WorkingDirectory ?? "";
        ProcessEnvironment.Apply(this.environment, start);
        return start;
    }

    private static IEnumerable<string> RefusedIn(CommandOptions options)
    {
        string[] ofAppHosts = [nameof(LaunchOptions.ConfigureAppHost), nameof(LaunchOptions.ConfigureServices), nameof(LaunchOptions.OnAppHostStarted)];
        var refused = ofAppHosts.Intersect(options.MethodsWithCode, StringComparer.Ordinal);
        return options.Parts.Values.OfType<IDataPart>().Any() ? refused.Append("the options of SafeLaunch.AspNetCore") : refused;
    }
}
