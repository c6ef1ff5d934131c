using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Programs;

namespace SafeLaunch.AspNetCore.Tests.Programs;

/// <summary>The manifest that <c>MapStaticAssets</c> looks for, and the environment of the web host by which it is found.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StaticAssetManifestTests : IDisposable
{
    private const string Program = "Shop";
    private const string Extension = ".staticwebassets.endpoints.json";

    private readonly string folder = Directory.CreateTempSubdirectory("program.").FullName;

    private string Location => Path.Combine(this.folder, Program + ".dll");

    public void Dispose() => Directory.Delete(this.folder, recursive: true);

#if NET9_0_OR_GREATER
    [Test]
    public async Task MapStaticAssets_finds_the_manifest_beside_a_program_in_another_folder()
    {
        await using var app = this.BuildWithManifest();

        Assert.That(() => app.MapStaticAssets(), Throws.Nothing);
    }
#endif

    [Test]
    public async Task Code_of_the_program_sees_its_environment_as_it_is()
    {
        await using var app = this.BuildWithManifest();
        var environment = app.Services.GetRequiredService<IWebHostEnvironment>();
        using var files = new PhysicalFileProvider(this.folder);

        environment.WebRootFileProvider = files;

        Assert.That((environment.ApplicationName, environment.EnvironmentName), Is.EqualTo((Program, "Staging")));
        Assert.That(environment.WebRootFileProvider, Is.SameAs(files));
    }

    [Test]
    public void An_exception_of_the_environment_is_thrown_as_it_is()
    {
        var environment = (IHostEnvironment)WebEnvironment.Around(new UnreadyEnvironment(), typeof(IHostEnvironment), this.folder);

        Assert.That(() => environment.EnvironmentName, Throws.InvalidOperationException.With.Message.EqualTo("not ready"));
    }

    [Test]
    public async Task A_program_without_a_manifest_keeps_the_environment_of_its_host()
    {
        var builder = Builder();
        StaticAssetManifest.AddTo(builder.Host, Program, this.Location);

        await using var app = builder.Build();

        Assert.That(app.Environment, Is.SameAs(builder.Environment));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_program_in_the_folder_of_the_process_keeps_the_environment_of_its_host(bool hasFile)
    {
        var program = $"Program.{Guid.NewGuid()}";
        var manifest = Path.Combine(AppContext.BaseDirectory, program + Extension);
        await File.WriteAllTextAsync(manifest, "{}");
        try
        {
            var builder = Builder();
            StaticAssetManifest.AddTo(builder.Host, program, hasFile ? Path.Combine(AppContext.BaseDirectory, program + ".dll") : "");

            await using var app = builder.Build();

            Assert.That(app.Environment, Is.SameAs(builder.Environment));
        }
        finally
        {
            File.Delete(manifest);
        }
    }

    [Test]
    public void A_host_that_serves_no_web_is_left_as_it_is()
    {
        this.WriteManifest();
        var builder = new HostBuilder();
        StaticAssetManifest.AddTo(builder, Program, this.Location);

        using var host = builder.Build();

        Assert.That(host.Services.GetService<IWebHostEnvironment>(), Is.Null);
    }

    private static WebApplicationBuilder Builder() =>
        WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = Program, EnvironmentName = "Staging" });

    private WebApplication BuildWithManifest()
    {
        this.WriteManifest();
        var builder = Builder();
        StaticAssetManifest.AddTo(builder.Host, Program, this.Location);
        return builder.Build();
    }

    private void WriteManifest() => File.WriteAllText(
        Path.Combine(this.folder, Program + Extension),
        """{ "Version": 1, "ManifestType": "Publish", "Endpoints": [] }""");

    private sealed class UnreadyEnvironment : IHostEnvironment
    {
        public string EnvironmentName
        {
            get => throw new InvalidOperationException("not ready");
            set => throw new NotSupportedException();
        }

        public string ApplicationName { get; set; } = Program;

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
