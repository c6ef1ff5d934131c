namespace SafeLaunch.TestKit;

/// <summary>A program or a feed that a test needs, and that not every machine has.</summary>
/// <param name="What">Its name.</param>
/// <param name="RequireVariable">The environment variable that fails a test where the tool is missing; without the variable the test is ignored.</param>
/// <param name="Programs">The names of programs on the path, any of which will do.</param>
internal sealed record Tool(string What, string RequireVariable, params string[] Programs)
{
    /// <summary>Gets the browser that Playwright drives.</summary>
    public static Tool Browser { get; } = new("browser", "SAFELAUNCH_REQUIRE_BROWSER", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable") { PathVariable = "CHROMIUM_PATH" };

    /// <summary>Gets the linker of Native AOT. On Windows the build finds the linker of Visual Studio by itself.</summary>
    public static Tool Linker { get; } = new("C linker", "SAFELAUNCH_REQUIRE_LINKER", "clang", "gcc");

    /// <summary>Gets the program that runs programs for .NET Framework outside of Windows.</summary>
    public static Tool Mono { get; } = new("Mono", "SAFELAUNCH_REQUIRE_MONO", "mono");

    /// <summary>Gets the server that keeps the list of a cluster.</summary>
    public static Tool Redis { get; } = new("Redis server", "SAFELAUNCH_REQUIRE_REDIS", "redis-server");

    /// <summary>Gets the interpreter of Python, with FastAPI and uvicorn.</summary>
    public static Tool Python { get; } = new("Python", "SAFELAUNCH_REQUIRE_PYTHON", "python3");

    /// <summary>Gets the server of a screen in memory.</summary>
    public static Tool Screen { get; } = new("screen", "SAFELAUNCH_REQUIRE_SCREEN", "Xvfb");

    /// <summary>Gets the program that clicks on that screen.</summary>
    public static Tool Mouse { get; } = new("mouse", "SAFELAUNCH_REQUIRE_SCREEN", "xdotool");

    /// <summary>Gets the feed with the runtimes that are not on this machine.</summary>
    public static Tool Feed { get; } = new("feed", "SAFELAUNCH_REQUIRE_FEED");

    /// <summary>Gets the templates of <c>dotnet new</c>.</summary>
    public static Tool Templates { get; } = new("template", "SAFELAUNCH_REQUIRE_TEMPLATES");

    /// <summary>Gets the right to run a program as another user of this machine, with the programs for that.</summary>
    public static Tool OtherUser { get; } = new("other user", "SAFELAUNCH_REQUIRE_OTHER_USER");

    /// <summary>Gets the environment variable that may name the program, or null.</summary>
    public string? PathVariable { get; private init; }

    /// <summary>The path of the program. Without the program the test is ignored, unless the environment requires it.</summary>
    public string FindOrIgnore()
    {
        if (this.Find() is { } program)
        {
            return program;
        }

        this.Ignore($"There is no {this.What}: {string.Join(", ", this.Programs)} is not on the path.");
        return "";
    }

    /// <summary>Ignores the test, unless the environment requires the tool.</summary>
    public void Ignore(string reason)
    {
        if (Environment.GetEnvironmentVariable(this.RequireVariable) is "1")
        {
            Assert.Fail($"{reason} {this.RequireVariable} asks for one.");
        }

        Assert.Ignore(reason);
    }

    private string? Find() =>
        this.PathVariable is { } variable && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
            ? given
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(folder => this.Programs.Select(program => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)))
                .FirstOrDefault(File.Exists);
}
