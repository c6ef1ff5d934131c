namespace SafeLaunch.BrowserTests;

/// <summary>The browser of this machine: the path in <c>CHROMIUM_PATH</c>, otherwise the first of the usual names on the path.</summary>
internal static class Chromium
{
    private const string PathVariable = "CHROMIUM_PATH";
    private const string RequireVariable = "SAFELAUNCH_REQUIRE_BROWSER";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Without a browser the tests are ignored, unless the environment says that there has to be one.</summary>
    public static string FindOrIgnore()
    {
        if (Find() is { } executable)
        {
            return executable;
        }

        var reason = $"There is no browser: {PathVariable} names none, and none of {string.Join(", ", Names)} is on the path.";
        if (Environment.GetEnvironmentVariable(RequireVariable) is "1")
        {
            Assert.Fail($"{reason} {RequireVariable} asks for one.");
        }

        Assert.Ignore(reason);
        return "";
    }

    private static string? Find() =>
        Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } given
            ? given
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(folder => Names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
                .FirstOrDefault(File.Exists);
}
