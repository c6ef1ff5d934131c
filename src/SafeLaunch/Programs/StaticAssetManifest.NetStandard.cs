#if !NET
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Programs;

/// <summary>Before .NET 9 there is no MapStaticAssets.</summary>
internal static class StaticAssetManifest
{
    public static void AddTo(IHostBuilder builder, string program, string location)
    {
    }
}
#endif
