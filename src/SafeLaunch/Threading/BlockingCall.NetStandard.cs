#if !NET
using System.Diagnostics;

namespace SafeLaunch.Threading;

/// <content>The reports of .NET Framework and Mono.</content>
internal static partial class BlockingCall
{
    /// <summary>Whether a reported wait is for all of its handles, and not for any of them. Mono says of each wait for several handles that it is one for any.</summary>
    /// <param name="context">The type of the context that the runtime passed the wait to.</param>
    /// <param name="handles">How many handles it waits for.</param>
    /// <param name="isReportedSo">What the runtime says.</param>
    public static bool IsForAll(Type context, int handles, bool isReportedSo) => isReportedSo || (handles > 1 && HasFrameOfWaitAll(context));

    private static bool HasFrameOfWaitAll(Type context) =>
        new StackTrace(fNeedFileInfo: false).GetFrames()
            .Select(Describe)
            .TakeWhile(frame => frame.Type is { } type && (IsOfTheContext(type, context) || type.StartsWith(ThreadingNamespace, StringComparison.Ordinal)))
            .Contains((ThreadingNamespace + nameof(WaitHandle), nameof(WaitHandle.WaitAll)));
}
#endif
