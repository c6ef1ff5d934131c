using System.Globalization;

namespace SafeLaunch.Processes.Tests.Parent;

/// <summary>A program that speaks the first words of a child process itself, and then behaves badly.</summary>
internal sealed class PretendedChild : IDisposable
{
    private const string FirstWords = """
        import os, signal, socket, struct, time
        address, token = os.environ["SAFELAUNCH_CHILD"].split("|")[:2]
        channel = socket.socket(socket.AF_UNIX)
        channel.connect(address[len("unix:"):])

        def say_hello():
            text = token.encode()
            body = struct.pack("<i", 1) + b"\x01" + bytes([len(text)]) + text + struct.pack("<i", 1)
            channel.sendall(struct.pack("<i", len(body)) + body)

        def read_order():
            length, = struct.unpack("<i", channel.recv(4, socket.MSG_WAITALL))
            return channel.recv(length, socket.MSG_WAITALL)
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pretended-child");
    private readonly string path;

    /// <param name="plot">What it does once it has connected, in Python.</param>
    public PretendedChild(string plot)
    {
        this.path = Path.Combine(this.folder.FullName, "pretended");
        File.WriteAllText(this.path, string.Create(CultureInfo.InvariantCulture, $"#!{Tool.Python.FindOrIgnore()}\n{FirstWords}\n\n{plot}\n"));
#pragma warning disable CA1416 // Unix sockets are its channel.
        File.SetUnixFileMode(this.path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
    }

    public Launcher Launcher(Action<ProgramOptions>? configure = null) => ChildProcess.ForProgram(this.path, configure);

    public void Dispose() => this.folder.Delete(recursive: true);
}
