using System.Diagnostics;
using SafeLaunch.Running;

namespace SafeLaunch.Commands;

/// <summary>
/// Starts a command so that it does not outlive this process, however this process ends. On Unix it gets a separate session, so that signals of the
/// console do not reach it, and a watcher in that session, which ends the session when the standard input ends.
/// </summary>
internal static class CommandShell
{
    private const string Watched = """
        exec 3<&0
        (trap '' TERM; cat <&3; kill -TERM -$$; sleep 5; kill -KILL -$$) >/dev/null 2>&1 &
        exec "$@" </dev/null 3<&-
        """;

    private static readonly string? Session = Native.IsUnix ? CommandFile.Find("setsid") : null;

    public static ProcessStartInfo StartInfo(string path, string[] arguments) => Session is null
        ? new(path, CommandLine.Of(arguments))
        : new(Session, CommandLine.Of(["sh", "-c", Watched, "sh", path, .. arguments]));
}
