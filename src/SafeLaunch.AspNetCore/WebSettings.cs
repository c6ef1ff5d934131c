using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Guarding;
using SafeLaunch.Legacy;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <summary>What the options of a launch say about its web hosts: where they listen, and which requests they answer.</summary>
internal sealed partial class WebSettings : IHandedOnPart
{
    private static readonly ConditionalWeakTable<LaunchContext, WebSettings> Warned = [];

    private readonly LaunchOptions options;
    private Lazy<AccessToken> token = new(() => new());
    private string[]? urls;
    private UnixSocketFile? socket;
    private AccessGuardOptions guard = new();
    private bool? isGuarded;
    private bool isGuardedByDefault;
    private bool changesHosts;
    private bool reportsAddresses;
    private bool warns;

    private WebSettings(LaunchOptions options) => this.options = options;

    /// <summary>The token that each request needs; null if none is needed. The same for all launches of these options.</summary>
    public AccessToken? Token => this.IsGuarded && this.guard.RequireToken ? this.token.Value : null;

    private bool IsGuarded => this.isGuarded ?? this.isGuardedByDefault;

    public static WebSettings Of(LaunchOptions options)
    {
        if (!options.Parts.TryGetValue(typeof(WebSettings), out var settings))
        {
            settings = new WebSettings(options);
            options.Parts.Add(typeof(WebSettings), settings);
        }

        return (WebSettings)settings;
    }

    /// <summary>The token of the earlier launch opens the new one too.</summary>
    public void TakeFrom(ILaunch earlier) => this.token = earlier.Part<WebSettings>()?.token ?? this.token;

    /// <summary>Puts the addresses that web hosts have bound into those of the launch.</summary>
    public void ReportAddresses()
    {
        if (!this.reportsAddresses)
        {
            this.reportsAddresses = true;
            this.options.AddAppHostStarted(static (context, host) => context.AddAddresses([.. BoundAddress.AllOf(host.Services)]));
        }
    }

    /// <param name="addresses">Where to listen, instead of all earlier addresses.</param>
    /// <param name="guardsByDefault">Whether these addresses are guarded where the options do not say it.</param>
    /// <param name="file">The file of a Unix socket among them that the launch takes care of; null if there is none.</param>
    public void ListenOn(string[] addresses, bool guardsByDefault, UnixSocketFile? file)
    {
        this.urls = addresses;
        this.socket = file;
        this.isGuardedByDefault = guardsByDefault;
        this.ChangeHosts();
    }

    /// <exception cref="ArgumentException">The result would not be valid; nothing has changed then.</exception>
    public void Guard(Action<AccessGuardOptions>? configure)
    {
        var changed = this.guard.Copy();
        configure?.Invoke(changed);
        AccessGuardCheck.ThrowIfInvalid(changed);
        this.guard = changed;
        this.isGuarded = true;
        this.ChangeHosts();
    }

    public void AllowAnyAccess()
    {
        this.isGuarded = false;
        if (!this.warns)
        {
            this.warns = true;
            this.options.AddAppHostStarted(this.WarnOfAnyAccess);
        }
    }

    private static bool IsWebHost(IHost host)
    {
        try
        {
            return host.Services.GetService<IServer>() is not null;
        }
        catch (ObjectDisposedException)
        {
            // A host that has just ended serves nothing.
            return false;
        }
    }

    private void ChangeHosts()
    {
        if (!this.changesHosts)
        {
            this.changesHosts = true;
            LegacySetting.AddVariableTo(this.options);
            LegacySetting.AddArgumentTo(this.options);
            this.options.AddServices(this.AddTo).AddAppHostStarted(this.CheckGuard).AddAppHostStarted(this.OfferPortsAtEnd).AddReady(this.WarnOfNothingGuarded);
        }
    }

    private void AddTo(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, LateConnections>());
        if (this.urls is { } addresses)
        {
            var earlierPort = LaunchScope.CurrentLaunch is { } launch ? new EarlierPort(launch.EarlierAddresses) : null;
            services.Insert(0, ServiceDescriptor.Transient<IStartupFilter>(_ => new AddressOverride(addresses, earlierPort)));
        }

        if (this.socket is { } file)
        {
            services.PostConfigure<SocketTransportOptions>(transport => file.AddTo(transport, this.options.Name));
        }

        if (this.IsGuarded)
        {
            AccessGuard.AddTo(services, this.guard, this.Token, this.options.Name);
        }
    }

    private void CheckGuard(LaunchContext context, IHost host)
    {
        if (this.IsGuarded && IsWebHost(host))
        {
            AccessGuard.Of(host.Services, context.Name).LogTo(context.LoggerFor(host));
        }
    }

    /// <summary>A program that builds a web host anew after the last one has stopped stays at its address.</summary>
    private void OfferPortsAtEnd(LaunchContext context, IHost host)
    {
        if (this.urls is not null && IsWebHost(host))
        {
            Uri[] bound = [.. BoundAddress.AllOf(host.Services)];
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(() => context.OfferAgain(bound));
        }
    }

    /// <summary>Only where the options ask for the guard: UseLoopback also moves the web hosts, so that one which it has not reached is missed at once.</summary>
    private void WarnOfNothingGuarded(LaunchContext context, ILogger logger)
    {
        if (this.isGuarded == true && !context.Hosts.Any(IsWebHost))
        {
            logger.NothingGuarded(context.Name);
        }
    }

    private void WarnOfAnyAccess(LaunchContext context, IHost host)
    {
        if (!this.IsGuarded && IsWebHost(host) && Warned.TryAdd(context, this))
        {
            context.LoggerFor(host).AnyAccess(context.Name);
        }
    }
}
