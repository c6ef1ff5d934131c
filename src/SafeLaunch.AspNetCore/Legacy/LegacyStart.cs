using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace SafeLaunch.Legacy;

/// <summary>A legacy web host starts: this comes before its server binds.</summary>
internal sealed class LegacyStart(IServiceProvider services) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        LegacyHosting.Raise("HostBuilt", new LegacyHost(services));
        return next;
    }
}
