using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Programs;

/// <summary>The arguments that a program is launched with: its name, its folder, its environment, its configuration, and the arguments that its caller gives.</summary>
internal sealed class ProgramArguments
{
    private static readonly char[] EqualsSign = ['='];

    private readonly IConfiguration own;

    private ProgramArguments(IProgram program, ProgramOptions options)
    {
        this.own = Read(options.Args);
        this.Program = program.Name;
        this.Location = program.Location;
        this.All =
        [
            .. Passed(program, options).Where(passed => !this.IsOwn(passed.Key)).Select(passed => $"--{passed.Key}={passed.Value}"),
            .. options.Args,
        ];
        var all = Read(this.All);
        this.ApplicationName = all[HostDefaults.ApplicationKey];
        this.ContentRoot = all[HostDefaults.ContentRootKey];
    }

    public string[] All { get; }

    /// <summary>The name of the program.</summary>
    public string Program { get; }

    /// <summary>The path of its assembly, or empty.</summary>
    public string Location { get; }

    /// <summary>Null if none is passed.</summary>
    public string? ApplicationName { get; }

    /// <summary>Null if none is passed.</summary>
    public string? ContentRoot { get; }

    /// <exception cref="ArgumentException">One of the options is not valid.</exception>
    /// <exception cref="DirectoryNotFoundException">The content root does not exist.</exception>
    /// <exception cref="PlatformNotSupportedException">The runtime has one entry assembly for good.</exception>
    public static ProgramArguments Of(IProgram program, ProgramOptions options)
    {
        if (options.SetEntryAssembly && !ProcessEntry.CanBeSet)
        {
            throw new PlatformNotSupportedException($"{nameof(ProgramOptions.SetEntryAssembly)} needs .NET 9 or later. Let the program hand its arguments on to its host, and leave it out.");
        }

        if (options.Args.Contains(null!))
        {
            throw new ArgumentException($"An argument of the program '{program.Name}' is null.", nameof(options));
        }

        if (options.Environment is { } environment && string.IsNullOrWhiteSpace(environment))
        {
            throw new ArgumentException($"{nameof(ProgramOptions.Environment)} of the program '{program.Name}' is blank. Set it to null to pass none.", nameof(options));
        }

        if (options.ContentRoot is { } contentRoot && string.IsNullOrWhiteSpace(contentRoot))
        {
            throw new ArgumentException($"{nameof(ProgramOptions.ContentRoot)} of the program '{program.Name}' is blank. Set it to null for the program's own folder.", nameof(options));
        }

        return options.ContentRoot is { } folder && !Directory.Exists(folder)
            ? throw new DirectoryNotFoundException($"{nameof(ProgramOptions.ContentRoot)} '{folder}' of the program '{program.Name}' does not exist.")
            : new(program, options);
    }

    /// <summary>Whether the program's own arguments set this key.</summary>
    public bool IsOwn(string key) => this.own[key] is not null;

    private static Dictionary<string, string> Passed(IProgram program, ProgramOptions options)
    {
        var passed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (options.PassHostArguments)
        {
            passed[HostDefaults.ApplicationKey] = program.Name;
            passed[HostDefaults.ContentRootKey] = ProgramFolder.Of(program.Location);

            // A key with an equals sign would be read as another key.
            foreach (var entry in options.Configuration.Where(entry => entry.Key.IndexOfAny(EqualsSign) < 0 && entry.Key.Length > 0))
            {
                if (entry.Value is { } value)
                {
                    passed[entry.Key] = value;
                }
            }

            if (options.ContentRoot is { } contentRoot)
            {
                passed[HostDefaults.ContentRootKey] = Path.GetFullPath(contentRoot);
            }
        }

        if (options.Environment is { } environment)
        {
            passed[HostDefaults.EnvironmentKey] = environment;
        }

        return passed;
    }

    /// <summary>Reads arguments as a host does. It is not asked about short switches, whose meaning only the program knows.</summary>
    private static IConfiguration Read(IEnumerable<string> args) => new ConfigurationBuilder()
        .AddCommandLine([.. args.Where(arg => arg is not ['-', not '-', ..])])
        .Build();
}
