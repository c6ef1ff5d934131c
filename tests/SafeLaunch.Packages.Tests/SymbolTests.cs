using System.Reflection.Metadata;
using System.Text.Json;

namespace SafeLaunch.Packages.Tests;

/// <summary>The symbols by which a debugger steps into the code of a package.</summary>
public sealed class SymbolTests
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static IEnumerable<string> WithSymbols => Feed.Packages.Where(package => !package.Equals("SafeLaunch.Templates", StringComparison.Ordinal));

    [Test]
    public async Task Each_source_of_a_package_is_in_its_symbols_or_lies_at_the_project_page_at_the_commit([ValueSource(nameof(WithSymbols))] string package)
    {
        var commit = (await Sdk.RunAsync(Feed.Sources, "git", "rev-parse", "HEAD")).Trim();
        using var symbols = new Nupkg(Feed.FileOf(package, "snupkg"));
        var files = symbols.Names.Where(name => name.EndsWith(".pdb", StringComparison.Ordinal)).ToArray();

        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
        {
            using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols.Open(file));
            var reader = provider.GetMetadataReader();
            var link = reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition).Select(reader.GetCustomDebugInformation).Single(information => reader.GetGuid(information.Kind) == SourceLink);
            var documents = JsonSerializer.Deserialize<SourceLinkMap>(reader.GetBlobBytes(link.Value), JsonSerializerOptions.Web)!.Documents;

            Assert.That(documents, Does.ContainKey("/_/*").WithValue($"https://raw.githubusercontent.com/safelaunch/SafeLaunch/{commit}/*"));
            Assert.That(DocumentsOutside(reader), Is.Empty, file);
        }
    }

    /// <summary>The documents that are neither embedded nor files of the sources.</summary>
    private static IEnumerable<string> DocumentsOutside(MetadataReader reader) => reader.Documents
        .Where(document => !reader.GetCustomDebugInformation(document).Any(information => reader.GetGuid(reader.GetCustomDebugInformation(information).Kind) == EmbeddedSource))
        .Select(document => reader.GetString(reader.GetDocument(document).Name))
        .Where(name => !name.StartsWith("/_/", StringComparison.Ordinal) || !File.Exists(Path.Combine(Feed.Sources, name[3..])));

    private sealed record SourceLinkMap(Dictionary<string, string> Documents);
}
