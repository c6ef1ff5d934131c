using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeLaunch.Supervision;

namespace SafeLaunch.Page;

/// <summary>The endpoints of the page, which all stand behind its guard.</summary>
internal sealed class LaunchesPage
{
    private readonly PageGuard guard;
    private readonly LaunchAccess access;
    private readonly PageEvents events;
    private readonly PageActions actions;

    /// <param name="launches">The launches to show.</param>
    /// <param name="services">Those of the app that serves the page.</param>
    public LaunchesPage(ILaunches launches, IServiceProvider services)
    {
        // A host that stops disposes of its loggers, and a restart of that very host goes on after that.
        var logger = new ShieldedLogger(services.GetRequiredService<ILoggerFactory>().CreateLogger("SafeLaunch.Page"));
        this.guard = new(logger);
        this.access = new(launches);
        this.events = new(launches);
        this.actions = new(launches, logger);
        foreach (var launch in launches.All)
        {
            launch.Launch.LogTail?.Open();
        }
    }

    public IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string pattern)
    {
        var group = endpoints.MapGroup(pattern);
        Get("", PageFile.Page.SendAsPageAsync);
        foreach (var file in PageFile.Parts)
        {
            Get(file.Name, file.SendAsync);
        }

        Get("events", this.events.SendAsync);
        group.MapMethods("open", [HttpMethods.Get], this.guard.OwnPageOnly(this.access.OpenAsync));
        foreach (var action in PageActions.All)
        {
            group.MapMethods(action, [HttpMethods.Post], this.guard.OwnPageOnly(context => this.actions.RunAsync(context, action)));
        }

        return group.WithDisplayName("The page of the launches");

        void Get(string path, RequestDelegate answer) => group.MapMethods(path, [HttpMethods.Get], this.guard.InFrontOf(answer));
    }
}
