using Shop = Program;

namespace SafeLaunch.Docs.Tests.Snippets;

/// <summary>The snippet of docs/how-to/blazor-in-revit.md.</summary>
public sealed class BlazorInRevit
{
    [Test]
    public async Task The_pane_of_an_add_in_shows_the_program_with_its_own_files()
    {
        var pane = new BlazorPane();
        using var client = new HttpClient();
        try
        {
            Assert.That(await client.GetStringAsync(pane.Open()).Within(), Is.EqualTo("Hello from appsettings"));
        }
        finally
        {
            pane.Close();
        }
    }

    public sealed class BlazorPane
    {
        private readonly Launcher launcher = Launcher.ForProgram<Shop>(options =>
        {
            options.ContentRoot = Path.GetDirectoryName(typeof(Shop).Assembly.Location);
            options.UseLoopback();
        });

        private LaunchHandle? handle;

        public Uri Open()
        {
            this.handle ??= this.launcher.Start();
            return this.handle.Address;
        }

        public void Close() => this.handle?.Stop();
    }
}
