using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace SafeLaunch.NUnit.Tests.SideBySide;

/// <summary>The program of the tests under ASP.NET Core's own factory, with a real server on a free port.</summary>
internal sealed class KestrelFactory : WebApplicationFactory<Program>
{
    private readonly Action<IWebHostBuilder>? configure;

    public KestrelFactory(Action<IWebHostBuilder>? configure = null)
    {
        this.configure = configure;

        // Not by UseKestrel(0), which races with the program.
        this.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => this.configure?.Invoke(builder);
}
