namespace SafeLaunch.Processes.Tests.Commands;

/// <summary>A gate that a shell waits for.</summary>
internal sealed class FileGate : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());

    /// <summary>The part of a script that waits for it.</summary>
    public string Wait => $"while [ ! -e {this.Path} ]; do sleep 0.01; done";

    public void Open() => File.WriteAllText(this.Path, "");

    public void Dispose() => File.Delete(this.Path);
}
