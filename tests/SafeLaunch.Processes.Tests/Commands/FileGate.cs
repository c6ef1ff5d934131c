namespace SafeLaunch.Processes.Tests.Commands;

/// <summary>A gate that a shell waits for.</summary>
internal sealed class FileGate : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    /// <summary>The part of a script that waits for it.</summary>
    public string Wait => $"while [ ! -e {this.path} ]; do sleep 0.01; done";

    public void Open() => File.WriteAllText(this.path, "");

    public void Dispose() => File.Delete(this.path);
}
