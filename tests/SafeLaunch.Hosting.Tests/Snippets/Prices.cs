using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Hosting.Tests.Snippets;

internal sealed class Prices([FromKeyedServices("shop")] LaunchHandle shop)
{
    public Uri Address => shop.Address;
}
