namespace SafeLaunch.Benchmarks.Reporting;

/// <summary>The docs folder of the checkout that the benchmarks were built in.</summary>
public static class Docs
{
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SafeLaunch.sln")))
            {
                return Path.Combine(folder.FullName, "docs");
            }
        }

        throw new InvalidOperationException($"No checkout lies above {AppContext.BaseDirectory}. Run the benchmarks with dotnet run.");
    }
}
