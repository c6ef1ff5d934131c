using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SafeLaunch.Hosting;

namespace SafeLaunch.Legacy;

/// <summary>A legacy web host starts: this comes before its server binds, on top of the code that starts it.</summary>
internal sealed class LegacyStart(IServiceProvider services, LegacyAnnouncement announcement) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        // A container that the app brings is made by no factory.
        announcement.Make(services);
        services.GetService<AppHost>()?.OnStarting();
        return next;
    }
}
