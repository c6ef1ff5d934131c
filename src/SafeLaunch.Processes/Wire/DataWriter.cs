using System.Text;

namespace SafeLaunch.Wire;

/// <summary>Writes the parts of a message, each as <see cref="DataReader"/> reads it.</summary>
internal sealed class DataWriter : IDisposable
{
    private readonly MemoryStream bytes = new();
    private readonly BinaryWriter writer;

    public DataWriter() => this.writer = new(this.bytes, Encoding.UTF8);

    public byte[] ToArray() => this.bytes.ToArray();

    public void Write(bool value) => this.writer.Write(value);

    public void Write(int value) => this.writer.Write(value);

    public void Write(TimeSpan value) => this.writer.Write(value.Ticks);

    public void Write(Guid value) => this.writer.Write(value.ToByteArray());

    public void Write(string? text)
    {
        if (this.IsThere(text))
        {
            this.writer.Write(text!);
        }
    }

    public void Write(IReadOnlyCollection<string?> texts)
    {
        this.Write(texts.Count);
        foreach (var text in texts)
        {
            this.Write(text);
        }
    }

    public void Write(Dictionary<string, string?>? texts)
    {
        if (this.IsThere(texts))
        {
            this.Write(texts!.Keys);
            this.Write(texts.Values);
        }
    }

    /// <summary>Says whether a part comes that may be missing.</summary>
    public bool IsThere(object? part)
    {
        this.Write(part is not null);
        return part is not null;
    }

    public void Dispose()
    {
        this.writer.Dispose();
        this.bytes.Dispose();
    }
}
