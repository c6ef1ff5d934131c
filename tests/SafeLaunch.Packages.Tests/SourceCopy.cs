namespace SafeLaunch.Packages.Tests;

/// <summary>The sources of this repository as they are now, in a clone in another folder.</summary>
internal static class SourceCopy
{
    /// <summary>Clones the repository, and commits there what has not been committed here.</summary>
    public static async Task MakeAsync(string folder)
    {
        await CloneAsync(Repository.Folder, folder);
        var files = await Sdk.RunAsync(Repository.Folder, "git", "ls-files", "--cached", "--others", "--exclude-standard");
        foreach (var file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var copy = Path.Combine(folder, file);
            if (File.Exists(Repository.PathOf(file)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(Repository.PathOf(file), copy, overwrite: true);
            }
            else
            {
                File.Delete(copy);
            }
        }

        await CommitAsync(folder, "The sources as they are now");
    }

    public static Task CloneAsync(string source, string folder) => Sdk.RunAsync(Repository.Folder, "git", "clone", "--quiet", source, folder);

    public static async Task CommitAsync(string folder, string message)
    {
        await Sdk.RunAsync(folder, "git", "add", "--all");
        await Sdk.RunAsync(folder, "git", "-c", "user.name=Tests", "-c", "user.email=tests@example.com", "commit", "--quiet", "--allow-empty", "--message", message);
    }
}
