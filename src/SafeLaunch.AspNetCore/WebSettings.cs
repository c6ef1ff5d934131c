using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Guarding;
using SafeLaunch.Legacy;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <summary>Applies to the web hosts of a launch what its options say about them. The guard comes after the addresses: each puts its startup filter first, so that the guard is the outermost.</summary>
internal sealed partial class WebSettings : ILaunchPart, IHandedOnPart
{
    private static readonly ConditionalWeakTable<LaunchContext, WebSettings> Warned = [];

    private LaunchOptions options;
    private WebAddresses? addresses;
    private GuardSettings guard = new();
    private bool changesHosts;
    private bool reportsAddresses;
    private bool warns;

    private WebSettings(LaunchOptions options) => this.options = options;

    /// <summary>The token that each request needs; null if none is needed. The same for all launches of these options.</summary>
    public AccessToken? Token => this.IsGuarded && this.guard.Options.RequireToken ? this.guard.Token.Value : null;

    private bool IsGuarded => this.guard.IsWanted ?? this.addresses is { AreGuarded: true };

    public static WebSettings Of(LaunchOptions options)
    {
        if (!options.Parts.TryGetValue(typeof(WebSettings), out var settings))
        {
            settings = new WebSettings(options);
            options.Parts.Add(typeof(WebSettings), settings);
        }

        return (WebSettings)settings;
    }

    /// <summary>The code that it has added to the options asks each launch for its own part, and so needs no copy.</summary>
    public ILaunchPart CopyFor(LaunchOptions options)
    {
        var copy = (WebSettings)this.MemberwiseClone();
        copy.options = options;
        return copy;
    }

    /// <summary>The token of the earlier launch opens the new one too.</summary>
    public void TakeFrom(ILaunch earlier)
    {
        if (earlier.Part<WebSettings>() is { } settings)
        {
            this.guard = this.guard with { Token = settings.guard.Token };
        }
    }

    /// <summary>The cookie that stands for the token at a port; null if none is needed. It is named after these options, as the guard asks for it: a host may list the launch by another name.</summary>
    public AccessCookie? CookieAt(int port) => this.Token?.CookieOf(this.options.Name, port);

    /// <summary>Puts the addresses that web hosts have bound into those of the launch.</summary>
    public void ReportAddresses()
    {
        if (!this.reportsAddresses)
        {
            this.reportsAddresses = true;
            this.options.AddAppHostStarted(static (context, host) => context.AddAddresses([.. BoundAddress.AllOf(host.Services)]));
        }
    }

    /// <param name="where">The addresses, instead of all earlier ones.</param>
    public void ListenOn(WebAddresses where)
    {
        this.addresses = where;
        this.ChangeHosts();
    }

    /// <exception cref="ArgumentException">The result would not be valid; nothing has changed then.</exception>
    public void Guard(Action<AccessGuardOptions>? configure)
    {
        this.guard = this.guard.Configured(configure);
        this.ChangeHosts();
    }

    public void AllowAnyAccess()
    {
        this.guard = this.guard with { IsWanted = false };
        if (!this.warns)
        {
            this.warns = true;
            this.options.AddAppHostStarted(static (context, host) => Of(context).WarnOfAnyAccess(context, host));
        }
    }

    private static WebSettings Of(LaunchContext context) => context.Part<WebSettings>()!;

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
            this.options
                .AddServices(static (options, services) => Of(options).AddTo(services))
                .AddAppHostStarted(static (context, host) => Of(context).OnStarted(context, host))
                .AddReady(static (context, logger) => Of(context).WarnOfNothingGuarded(context, logger));
        }
    }

    private void AddTo(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, LateConnections>());
        this.addresses?.AddTo(services, this.options.Name);
        if (this.IsGuarded)
        {
            AccessGuard.AddTo(services, this.guard.Options, this.Token, this.options.Name);
        }
    }

    private void OnStarted(LaunchContext context, IHost host)
    {
        if (!IsWebHost(host))
        {
            return;
        }

        if (this.IsGuarded)
        {
            AccessGuard.Of(host.Services, context.Name).LogTo(context.LoggerFor(host));
        }

        if (this.addresses is not null)
        {
            WebAddresses.OfferPortsAtEnd(context, host);
        }
    }

    /// <summary>Only where the options ask for the guard: UseLoopback also moves the web hosts, so that one which it has not reached is missed at once.</summary>
    private void WarnOfNothingGuarded(LaunchContext context, ILogger logger)
    {
        if (this.guard.IsWanted == true && !context.Hosts.Any(IsWebHost))
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
