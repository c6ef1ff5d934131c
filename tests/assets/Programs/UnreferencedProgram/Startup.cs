[assembly: HostingStartup(typeof(UnreferencedProgram.Startup))]

namespace UnreferencedProgram;

/// <summary>ASP.NET Core finds it by the name of the application.</summary>
internal sealed class Startup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.UseSetting("Startup", "has run");
}
