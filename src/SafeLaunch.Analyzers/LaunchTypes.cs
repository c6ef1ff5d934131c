using Microsoft.CodeAnalysis;

namespace SafeLaunch.Analyzers;

/// <summary>The types of SafeLaunch and of hosts that a compilation refers to.</summary>
internal sealed class LaunchTypes
{
    private static readonly string[] HostRunnerNames =
    [
        "Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions",
        "Microsoft.Extensions.Hosting.HostingHostBuilderExtensions",
        "Microsoft.AspNetCore.Builder.WebApplication",
        "Microsoft.AspNetCore.Hosting.WebHostExtensions",
    ];

    private readonly ISet<INamedTypeSymbol> hostRunners;

    private LaunchTypes(Compilation compilation, INamedTypeSymbol launcher, INamedTypeSymbol handle, INamedTypeSymbol options)
    {
        this.Compilation = compilation;
        this.Launcher = launcher;
        this.Handle = handle;
        this.Options = options;
        this.Context = compilation.GetTypeByMetadataName("SafeLaunch.LaunchContext");
        this.Launches = compilation.GetTypeByMetadataName("SafeLaunch.ILaunches");
        this.Ready = compilation.GetTypeByMetadataName("SafeLaunch.Ready");
        this.TestServer = compilation.GetTypeByMetadataName("SafeLaunch.LaunchedServer");
        this.HostBuilding = compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.LaunchServiceCollectionExtensions");
        this.Host = compilation.GetTypeByMetadataName("Microsoft.Extensions.Hosting.IHost");
        this.LegacyHost = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Hosting.IWebHost");
        this.Disposable = compilation.GetTypeByMetadataName("System.IDisposable");
        this.AsyncDisposable = compilation.GetTypeByMetadataName("System.IAsyncDisposable");
        this.Task = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");
        this.hostRunners = new HashSet<INamedTypeSymbol>(HostRunnerNames.Select(compilation.GetTypeByMetadataName).OfType<INamedTypeSymbol>(), SymbolEqualityComparer.Default);
    }

    public Compilation Compilation { get; }

    public INamedTypeSymbol Launcher { get; }

    public INamedTypeSymbol Handle { get; }

    public INamedTypeSymbol Options { get; }

    public INamedTypeSymbol? Context { get; }

    public INamedTypeSymbol? Launches { get; }

    public INamedTypeSymbol? Ready { get; }

    /// <summary>Gets <c>LaunchedServer</c>.</summary>
    public INamedTypeSymbol? TestServer { get; }

    /// <summary>Gets the class of <c>AddLaunch</c>.</summary>
    public INamedTypeSymbol? HostBuilding { get; }

    public INamedTypeSymbol? Host { get; }

    /// <summary>Gets <c>IWebHost</c>.</summary>
    public INamedTypeSymbol? LegacyHost { get; }

    public INamedTypeSymbol? Disposable { get; }

    public INamedTypeSymbol? AsyncDisposable { get; }

    public INamedTypeSymbol? Task { get; }

    /// <summary>Finds the types; null if the compilation does not refer to SafeLaunch.</summary>
    /// <param name="compilation">The compilation.</param>
    public static LaunchTypes? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName("SafeLaunch.Launcher") is { } launcher
        && compilation.GetTypeByMetadataName("SafeLaunch.LaunchHandle") is { } handle
        && compilation.GetTypeByMetadataName("SafeLaunch.LaunchOptions") is { } options
            ? new(compilation, launcher, handle, options)
            : null;

    /// <summary>Whether a method runs a host until it ends.</summary>
    /// <param name="method">The method.</param>
    public bool RunsHost(IMethodSymbol method) =>
        method.Name is "Run" or "RunAsync" or "RunConsoleAsync" && this.hostRunners.Contains(method.ContainingType);

    /// <summary>Whether a type is a host, which a launch detects by itself.</summary>
    /// <param name="type">The type.</param>
    public bool IsHost(ITypeSymbol? type) => type.Is(this.Host) || type.Is(this.LegacyHost);

    /// <summary>Whether an object of a type can be disposed of.</summary>
    /// <param name="type">The type.</param>
    public bool IsDisposable(ITypeSymbol? type) => type.Is(this.Disposable) || type.Is(this.AsyncDisposable);

    /// <summary>Whether a type is <c>Launcher</c>, <c>LaunchedServer</c> or <c>ILaunches</c>, whose methods start launches.</summary>
    /// <param name="type">The type.</param>
    public bool Starts(ITypeSymbol type) => type.IsSame(this.Launcher) || type.IsSame(this.TestServer) || type.IsSame(this.Launches);
}
