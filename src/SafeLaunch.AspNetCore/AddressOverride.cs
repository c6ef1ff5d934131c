using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace SafeLaunch;

/// <summary>
/// Sets the addresses of a web server after all other code that could set them and before it binds, which is the only time
/// at which that is both sure to win and safe.
/// </summary>
/// <param name="urls">The addresses to bind.</param>
/// <param name="earlierPort">The ports of an earlier run, or of an earlier server, to be had again; null outside of launches.</param>
internal sealed class AddressOverride(string[] urls, EarlierPort? earlierPort) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        if (app.ServerFeatures.Get<IServerAddressesFeature>() is { } feature)
        {
            feature.Addresses.Clear();
            foreach (var url in urls)
            {
                feature.Addresses.Add(earlierPort?.PutInto(url) ?? url);
            }

            // Otherwise the endpoints of Kestrel's own configuration and code would come before them.
            feature.PreferHostingUrls = true;
        }
    };
}
