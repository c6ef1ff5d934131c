namespace SafeLaunch.RuntimeTests;

/// <summary>What has to be installed for a test, and is not on every machine.</summary>
/// <param name="What">Its name.</param>
/// <param name="RequireVariable">The environment variable that says that there has to be one.</param>
/// <param name="Programs">Any of these programs will do.</param>
internal sealed record Tool(string What, string RequireVariable, params string[] Programs)
{
    /// <summary>Without it nothing is made into native code. On Windows the build finds the one of Visual Studio by itself.</summary>
    public static Tool Linker { get; } = new("C linker", "SAFELAUNCH_REQUIRE_LINKER", "clang", "gcc");

    /// <summary>Runs programs for .NET Framework where that is not.</summary>
    public static Tool Mono { get; } = new("Mono", "SAFELAUNCH_REQUIRE_MONO", "mono");

    /// <summary>A feed with runtimes that are not on this machine.</summary>
    public static Tool Feed { get; } = new("feed", "SAFELAUNCH_REQUIRE_FEED");

    /// <summary>Without it the test is ignored, unless the environment says that there has to be one.</summary>
    public void IgnoreIfMissing()
    {
        if (this.IsOnPath())
        {
            return;
        }

        this.Ignore($"There is no {this.What}: {string.Join(", ", this.Programs)} is not on the path.");
    }

    /// <summary>Ignores the test, unless the environment says that there has to be one.</summary>
    public void Ignore(string reason)
    {
        if (Environment.GetEnvironmentVariable(this.RequireVariable) is "1")
        {
            Assert.Fail($"{reason} {this.RequireVariable} asks for one.");
        }

        Assert.Ignore(reason);
    }

    private bool IsOnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => this.Programs.Select(program => Path.Combine(folder, program)))
            .Any(File.Exists);
}
