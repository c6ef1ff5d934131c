using System.Diagnostics;

namespace SafeLaunch.Threading;

/// <summary>
/// Says what the current thread is blocked in, by its own stack. The runtime passes a lock acquisition to
/// <see cref="SynchronizationContext.Wait"/> like any other wait, and only the stack distinguishes the two.
/// </summary>
internal static class BlockingCall
{
    private const string ThreadingNamespace = "System.Threading.";

    // Once code is hot, .NET 10 inlines a wait as far as into its caller, and no frame is left of it. A lock acquisition
    // keeps its frame always, as no slow path of a lock is inlined. Older runtimes keep that of a wait, but not of each lock.
#if NET
    private const bool WaitsMayBeInlined = true;
#else
    private const bool WaitsMayBeInlined = false;
#endif

    /// <summary>
    /// Whether it is a wait that is known to hold no half-taken lock. Where it is not known, as in a program that was
    /// stripped of its stack traces, the answer is no.
    /// </summary>
    public static bool IsPlainWait()
    {
        var isWait = false;
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            var (type, method) = Describe(frame);
            if (type is null)
            {
                return isWait;
            }

            if (IsOfTheContext(type))
            {
                continue;
            }

            if (TakesLock(type, method))
            {
                return false;
            }

            if (!type.StartsWith(ThreadingNamespace, StringComparison.Ordinal))
            {
                return isWait || WaitsMayBeInlined;
            }

            isWait |= Waits(type, method);
        }

        return isWait;
    }

#if !NET
    /// <summary>Whether it is a wait for all of several handles, and not for any of them.</summary>
    public static bool IsWaitForAll() =>
        new StackTrace(fNeedFileInfo: false).GetFrames()
            .Select(Describe)
            .TakeWhile(frame => frame.Type is { } type && (IsOfTheContext(type) || type.StartsWith(ThreadingNamespace, StringComparison.Ordinal)))
            .Contains((ThreadingNamespace + nameof(WaitHandle), nameof(WaitHandle.WaitAll)));
#endif

    private static bool IsOfTheContext(string type) =>
        type is ThreadingNamespace + nameof(SynchronizationContext) || type.StartsWith(typeof(BlockingCall).Namespace!, StringComparison.Ordinal);

    private static bool TakesLock(string type, string method) => type switch
    {
        ThreadingNamespace + nameof(Monitor) => StartsWithAny(method, "Enter", "TryEnter", "ReliableEnter"),
        ThreadingNamespace + "Lock" => true,
        ThreadingNamespace + nameof(ReaderWriterLock) => true,
        ThreadingNamespace + nameof(ReaderWriterLockSlim) => true,
        _ => false,
    };

    private static bool Waits(string type, string method) => type switch
    {
        ThreadingNamespace + nameof(Monitor) => StartsWithAny(method, "Wait", "ObjWait"),
        ThreadingNamespace + nameof(WaitHandle) => true,
        ThreadingNamespace + nameof(Thread) => StartsWithAny(method, nameof(Thread.Join)),
        _ => false,
    };

    private static bool StartsWithAny(string method, params string[] starts) =>
        Array.Exists(starts, start => method.StartsWith(start, StringComparison.Ordinal));

    private static (string? Type, string Method) Describe(StackFrame frame)
    {
        var (type, method) = StackFrames.Describe(frame);
        return (type, MethodItself(method));
    }

    /// <summary>
    /// Where the JIT has inlined a method, all that is left of it may be the local function through which it calls the
    /// runtime, as "&lt;Wait&gt;g____PInvoke|24_0" of <see cref="Monitor"/> once that is called often.
    /// </summary>
    private static string MethodItself(string name) =>
        name.LastIndexOf('>') is var end and > 1 && name[0] == '<' ? name.Substring(1, end - 1) : name;
}
