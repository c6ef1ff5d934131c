#if NET
namespace SafeLaunch.Threading;

/// <content>The reports of .NET.</content>
internal static partial class BlockingCall
{
    /// <summary>Whether a reported wait is for all of its handles, and not for any of them.</summary>
    /// <param name="context">The type of the context that the runtime passed the wait to.</param>
    /// <param name="handles">How many handles it waits for.</param>
    /// <param name="isReportedSo">What the runtime says.</param>
    public static bool IsForAll(Type context, int handles, bool isReportedSo) => isReportedSo;
}
#endif
