using Microsoft.AspNetCore.Builder;

namespace SafeLaunch.Docs.Tests.Snippets;

/// <summary>The snippet of docs/how-to/wpf.md.</summary>
public sealed class WpfApp
{
    [Test]
    public async Task The_API_of_a_desktop_app_answers_at_its_address()
    {
        var api = new LocalApi();
        using var client = new HttpClient();
        try
        {
            Assert.That(await client.GetStringAsync(await api.StartAsync()).Within(), Is.EqualTo("Hello"));
        }
        finally
        {
            api.Stop();
        }
    }

    public sealed class LocalApi
    {
        private readonly Launcher launcher = Launcher.For(Run, options => options.UseLoopback());
        private LaunchHandle? handle;

        public async Task<Uri> StartAsync()
        {
            this.handle = await this.launcher.StartAsync();
            return this.handle.Address;
        }

        public void Stop() => this.handle?.Stop();

        private static void Run()
        {
            var app = WebApplication.CreateSlimBuilder().Build();
            app.MapGet("/", () => "Hello");
            app.Run();
        }
    }
}
