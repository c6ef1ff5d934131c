using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Guarding;

/// <summary>
/// Refuses requests of strangers before any code of the app sees them: the outermost middleware, since it is the first startup filter.
/// <c>docs/security.md</c> has the rules, and why it stands here.
/// </summary>
internal sealed class AccessGuard(AccessGuardOptions options, TokenRule? token, RefusalLog log) : IStartupFilter
{
    private const string Remedy = $"Let the container keep all startup filters in the order of their registration, or take the guard away with {nameof(AccessGuardExtensions.AllowAnyAccess)}.";

    private const string ServerRemedy = $"Register the server on the builder of the host, as UseKestrel does, and not in a Startup class or by the container, or leave out {nameof(AccessGuardOptions.RequireToken)}.";

    private readonly HostRule hosts = new([.. options.AllowedHosts]);
    private readonly OriginRule origins = new([.. options.AllowedOrigins]);
    private readonly PathString[] exempt = [.. options.Exempt.Select(path => new PathString(path.TrimEnd('/')))];

    private bool HidesToken => token is not null;

    /// <summary>Puts it in front of a web host.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="options">Valid ones.</param>
    /// <param name="token">The token that each request needs; null if none is needed.</param>
    /// <param name="launch">The name of the launch.</param>
    public static void AddTo(IServiceCollection services, AccessGuardOptions options, AccessToken? token, string launch)
    {
        services.AddSingleton(provider => new AccessGuard(options, token is null ? null : new(token, launch), new(launch)
        {
            Logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<AccessGuard>(),
        }));
        if (token is not null)
        {
            TokenHidingServer.AddTo(services);
        }

        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(provider => provider.GetRequiredService<AccessGuard>()));
    }

    /// <summary>The guard of a web host that has started.</summary>
    /// <exception cref="LaunchException">
    /// It is not in front of the host, or does not hide the token: not every container keeps services, and their order, as they were registered.
    /// </exception>
    public static AccessGuard Of(IServiceProvider services, string launch) => services.GetServices<IStartupFilter>().FirstOrDefault() switch
    {
        AccessGuard { HidesToken: true } when services.GetService<IServer>() is not TokenHidingServer => throw new LaunchException($"Launch '{launch}': the log of its web host would have the token, since the host has another server than the one that hides it. {ServerRemedy}"),
        AccessGuard guard => guard,
        null => throw new LaunchException($"Launch '{launch}': the guard is not in front of its web host, since the container of the host has lost the startup filters. {Remedy}"),
        var other => throw new LaunchException($"Launch '{launch}': the guard is not in front of its web host, since the startup filter {other.GetType()} comes before it. Register that filter without putting it first. {Remedy}"),
    };

    public void LogTo(ILogger logger) => log.Logger = logger;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(rest => context => this.GuardAsync(context, rest));
        next(app);
    };

    private static bool AsksBeforeItSends(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <summary>Says by a feature that the request has brought the token: the page of the launches shows more then.</summary>
    private static Task AdmitAsync(HttpContext context, TokenRule rule, RequestDelegate rest)
    {
        context.Features.Set(rule);
        return rest(context);
    }

    private Task GuardAsync(HttpContext context, RequestDelegate rest)
    {
        if (!this.hosts.Allows(context))
        {
            return this.RefuseAsync(context, Refusal.Host);
        }

        var refusal = this.origins.Check(context.Request);

        // Also for an exempt path, whose page would otherwise keep the token in its address, and send it on as Referer.
        if (refusal is null && token?.TrySignIn(context) == true)
        {
            this.origins.LimitFrames(context);
            return SignIn.AnswerAsync(context, token.CookieOf(context));
        }

        if (this.IsExempt(context.Request.Path))
        {
            return rest(context);
        }

        if (refusal is not null)
        {
            return this.RefuseAsync(context, refusal);
        }

        this.origins.LimitFrames(context);
        return token is null ? rest(context) : this.AskForTokenAsync(context, token, rest);
    }

    private Task AskForTokenAsync(HttpContext context, TokenRule rule, RequestDelegate rest) =>
        rule.TryAdmit(context, this.origins.MayBeChosenByOtherPage(context.Request)) ? AdmitAsync(context, rule, rest)
        : AsksBeforeItSends(context.Request) ? Answers.AllowRequestOfPageAsync(context)
        : this.RefuseAsync(context, Refusal.Token);

    private bool IsExempt(PathString path)
    {
        foreach (var start in this.exempt)
        {
            if (path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        log.Add(refusal, context.Request);
        return Answers.RefuseAsync(context, refusal);
    }
}
