using System.Globalization;

namespace SafeLaunch.Endurance.Tests;

/// <summary>The open files of this process, which only Linux lists.</summary>
/// <param name="Count">All of them, sockets included.</param>
/// <param name="FileWatchers">The inotify instances.</param>
/// <param name="ListeningSockets">The TCP sockets that accept connections.</param>
internal sealed record OpenFiles(int Count, int FileWatchers, int ListeningSockets)
{
    private const string Listens = "0A";

    public static OpenFiles? Take()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var targets = Directory.GetFiles("/proc/self/fd").Select(Target).ToArray();
        var listening = Listening("/proc/self/net/tcp").Concat(Listening("/proc/self/net/tcp6")).ToHashSet(StringComparer.Ordinal);
        return new(targets.Length, targets.Count(target => target is "anon_inode:inotify"), targets.Count(listening.Contains));
    }

    /// <summary>Empty where the file was closed meanwhile.</summary>
    private static string Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Of the whole machine, each as the target of an open file.</summary>
    private static IEnumerable<string> Listening(string table) => File.ReadLines(table).Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(columns => columns[3] is Listens)
        .Select(columns => string.Create(CultureInfo.InvariantCulture, $"socket:[{columns[9]}]"));
}
