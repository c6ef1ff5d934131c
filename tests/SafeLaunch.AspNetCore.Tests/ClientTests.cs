using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.AspNetCore.Tests;

public sealed class ClientTests
{
    private readonly X509Certificate2 certificate = CreateCertificate();

    [OneTimeTearDown]
    public void Dispose_of_the_certificate() => this.certificate.Dispose();

    [Test]
    public async Task A_client_has_the_address_of_the_launch_as_its_base()
    {
        await using var handle = await AddressTests.StartAsync(options => options.UseLoopback()).Within();
        SocketsHttpHandler? configured = null;
        using var client = handle.CreateClient(handler => configured = handler);

        Assert.That(client.BaseAddress, Is.EqualTo(handle.Address));
        Assert.That(configured!.UseProxy, Is.False);
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
    }

    [Test]
    public async Task A_client_of_an_https_launch_can_be_told_which_certificate_to_accept()
    {
        await using var handle = await this.StartHttpsAsync("https://127.0.0.1:0").Within();
        using var client = handle.CreateClient(this.AcceptOurCertificate);
        using var stranger = handle.CreateClient();

        Assert.That(client.BaseAddress, Is.EqualTo(handle.Address).And.Property(nameof(Uri.Scheme)).EqualTo("https"));
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("https"));
        Assert.That(() => stranger.GetStringAsync("/").Within(), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task A_request_passes_through_the_handlers_in_their_order()
    {
        await using var handle = await AddressTests.StartAsync(options => options.UseLoopback()).Within();
        var passed = new List<string>();
        using var client = handle.CreateClient(configure: null, new Station("first", passed), new Station("second", passed));

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
        Assert.That(passed, Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public async Task A_client_prefers_http()
    {
        await using var handle = await this.StartHttpsAsync("https://127.0.0.1:0", "http://127.0.0.1:0").Within();
        using var client = handle.CreateClient();

        Assert.That(handle.Addresses.Select(address => address.Scheme), Is.EqualTo(new[] { "https", "http" }));
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("http"));
    }

    [Test]
    public void There_is_no_client_for_a_launch_that_has_no_address()
    {
        using var handle = Launcher.For(() => { }, options => options.Name = "nowhere").Start();

        Assert.That(() => handle.CreateClient(), Throws.InstanceOf<LaunchException>().With.Message.Contains("'nowhere'").And.Message.Contains("UseLoopback"));
    }

    [Test]
    public void There_is_no_client_for_an_address_that_is_not_of_http()
    {
        using var handle = Launcher.For(launch => launch.AddAddresses(new Uri("tcp://localhost:1"))).Start();

        Assert.That(() => handle.CreateClient(), Throws.InstanceOf<LaunchException>());
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(keySizeInBits: 2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private Task<LaunchHandle> StartHttpsAsync(params string[] urls) => Launcher.For(
        () =>
        {
            var builder = WebApplication.CreateBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = this.certificate));
            var app = builder.Build();
            app.MapGet("/", (HttpRequest request) => request.Scheme);
            app.Run();
        },
        options => options.UseUrls(urls)).StartAsync();

    private void AcceptOurCertificate(SocketsHttpHandler handler) =>
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) =>
            string.Equals(presented?.GetCertHashString(), this.certificate.GetCertHashString(), StringComparison.Ordinal);

    private sealed class Station(string name, List<string> passed) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            passed.Add(name);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
