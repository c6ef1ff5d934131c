using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using SafeLaunch.Programs;

namespace SafeLaunch.AspNetCore.Tests.Programs;

/// <summary>Static files that a build has left in other folders, which its manifest names.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StaticWebAssetsTests : IDisposable
{
    private const string Program = "TopLevelProgram";

    private readonly string folder = Directory.CreateTempSubdirectory("program.").FullName;

    public void Dispose() => Directory.Delete(this.folder, recursive: true);

    [TestCase(true)]
    [TestCase(false)]
    public void A_program_finds_the_static_files_of_its_build_in_the_environment_Production(bool hasWebRoot)
    {
        if (hasWebRoot)
        {
            Directory.CreateDirectory(Path.Combine(this.folder, "wwwroot"));
        }

        var builder = this.Builder();
        Assert.That(HasStyle(builder), Is.False);

        StaticWebAssets.AddTo(builder.Host, Program);

        Assert.That(HasStyle(builder), Is.True);
    }

    [Test]
    public void A_host_of_another_name_keeps_its_files()
    {
        var builder = this.Builder();

        StaticWebAssets.AddTo(builder.Host, "Other");

        Assert.That(HasStyle(builder), Is.False);
    }

    [Test]
    public void A_host_that_has_set_its_own_files_keeps_them()
    {
        var builder = this.Builder();
        var own = new CompositeFileProvider();
        builder.Environment.WebRootFileProvider = own;

        StaticWebAssets.AddTo(builder.Host, Program);

        Assert.That(builder.Environment.WebRootFileProvider, Is.SameAs(own));
    }

    private static bool HasStyle(WebApplicationBuilder builder) => builder.Environment.WebRootFileProvider.GetFileInfo("shop.css").Exists;

    /// <summary>A host whose manifest names one file, which lies in another folder.</summary>
    private WebApplicationBuilder Builder()
    {
        var source = Directory.CreateDirectory(Path.Combine(this.folder, "source")).FullName + Path.DirectorySeparatorChar;
        File.WriteAllText(Path.Combine(source, "shop.css"), "");
        var manifest = Path.Combine(this.folder, "manifest.json");
        File.WriteAllText(manifest, JsonSerializer.Serialize(new
        {
            ContentRoots = new[] { source },
            Root = new { Children = new Dictionary<string, object> { ["shop.css"] = new { Asset = new { ContentRootIndex = 0, SubPath = "shop.css" } } } },
        }));
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = Program, EnvironmentName = "Production", ContentRootPath = this.folder });
        builder.Configuration[WebHostDefaults.StaticWebAssetsKey] = manifest;
        return builder;
    }
}
