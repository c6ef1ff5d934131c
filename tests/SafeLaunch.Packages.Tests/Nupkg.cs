using System.IO.Compression;
using System.Xml.Linq;

namespace SafeLaunch.Packages.Tests;

/// <summary>A package that is read.</summary>
internal sealed class Nupkg : IDisposable
{
    private readonly ZipArchive archive;

    public Nupkg(string path)
    {
        this.archive = ZipFile.OpenRead(path);
        this.Metadata = XDocument.Parse(this.ReadText(this.Names.Single(name => name.EndsWith(".nuspec", StringComparison.Ordinal)))).Root!.Elements().Single();
    }

    /// <summary>Gets the paths of all files.</summary>
    public IEnumerable<string> Names => this.archive.Entries.Select(entry => entry.FullName);

    /// <summary>Gets the path and the checksum of each file.</summary>
    public IEnumerable<string> Checksums => this.archive.Entries.Select(entry => $"{entry.FullName} {entry.Crc32:x8}");

    /// <summary>Gets the data that a feed shows.</summary>
    public XElement Metadata { get; }

    /// <summary>The text of an element of the metadata; null where it is missing.</summary>
    public string? this[string element] => this.Element(element)?.Value;

    public XElement? Element(string name) => this.Metadata.Elements().SingleOrDefault(element => element.Name.LocalName.Equals(name, StringComparison.Ordinal));

    public string ReadText(string name)
    {
        using var reader = new StreamReader(this.archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>A copy in memory, in which one can go back.</summary>
    public MemoryStream Open(string name)
    {
        using var stream = this.archive.GetEntry(name)!.Open();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    public void Dispose() => this.archive.Dispose();
}
