using System.Text;

namespace SafeLaunch.Wire;

/// <summary>Reads the parts of a message in the order in which <see cref="DataWriter"/> has written them.</summary>
internal sealed class DataReader(byte[] message) : IDisposable
{
    private readonly BinaryReader reader = new(new MemoryStream(message), Encoding.UTF8);

    public bool ReadBoolean() => this.reader.ReadBoolean();

    public int ReadInt() => this.reader.ReadInt32();

    public TimeSpan ReadTime() => new(this.reader.ReadInt64());

    public Guid ReadGuid() => new(this.reader.ReadBytes(16));

    public string ReadText() => this.ReadOptionalText() ?? throw new InvalidDataException("A text is missing.");

    public string? ReadOptionalText() => this.ReadBoolean() ? this.reader.ReadString() : null;

    public string[] ReadTexts() => [.. this.ReadOptionalTexts().Select(text => text ?? throw new InvalidDataException("A text is missing."))];

    public Dictionary<string, string?>? ReadDictionary()
    {
        if (!this.ReadBoolean())
        {
            return null;
        }

        var keys = this.ReadTexts();
        var values = this.ReadOptionalTexts();
        if (values.Length != keys.Length)
        {
            throw new InvalidDataException($"{keys.Length} keys cannot have {values.Length} values.");
        }

        var entries = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Length; i++)
        {
            entries[keys[i]] = values[i];
        }

        return entries;
    }

    /// <summary>The number of parts that come, of which each takes a byte at least: no message makes its reader keep more than it has brought.</summary>
    public int ReadCount() => this.ReadInt() is var count && count >= 0 && count <= message.Length
        ? count
        : throw new InvalidDataException($"A message of {message.Length} bytes cannot have {count} parts.");

    public void Dispose() => this.reader.Dispose();

    private string?[] ReadOptionalTexts()
    {
        var texts = new string?[this.ReadCount()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = this.ReadOptionalText();
        }

        return texts;
    }
}
