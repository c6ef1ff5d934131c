using System.Diagnostics;

namespace SafeLaunch.Threading;

/// <summary>
/// Says what the current thread is blocked in, by its own stack. The runtime passes a lock acquisition to
/// <see cref="SynchronizationContext.Wait"/> like any other wait, and only the stack distinguishes the two.
/// </summary>
internal static partial class BlockingCall
{
    private const string ThreadingNamespace = "System.Threading.";

    /// <summary>
    /// Once code is hot, .NET may inline a wait as far as into its caller, and no frame is left of it. A lock acquisition keeps its frame
    /// always, as no slow path of a lock is inlined. .NET Framework and Mono, whose versions are 4, do not keep that of each lock.
    /// </summary>
    private static readonly bool WaitsMayBeInlined = Environment.Version.Major > 4;

    /// <summary>
    /// Whether it is a wait that is known to hold no half-taken lock. Where it is not known, as in a program that was
    /// stripped of its stack traces, the answer is no.
    /// </summary>
    /// <param name="context">The type of the context that the runtime passed the wait to. Its frames stand between the wait and this call.</param>
    public static bool IsPlainWait(Type context)
    {
        var isWait = false;
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            var (type, method) = Describe(frame);
            if (type is null)
            {
                return isWait;
            }

            if (IsOfTheContext(type, context))
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

    /// <summary>The method that waits or acquires a lock; null where its frame cannot be named.</summary>
    /// <param name="context">The type of the context that the runtime passed the wait to.</param>
    public static string? FindCaller(Type context) =>
        new StackTrace(fNeedFileInfo: false).GetFrames()
            .Select(Describe)
            .Where(frame => frame.Type is not { } type || !(IsOfTheContext(type, context) || type.StartsWith(ThreadingNamespace, StringComparison.Ordinal)))
            .Select(frame => frame.Type is { } type ? $"{type}.{frame.Method}" : null)
            .FirstOrDefault();

    /// <summary>Whether a frame is that of a lock acquisition.</summary>
    internal static bool TakesLock(string type, string method) => type switch
    {
        ThreadingNamespace + nameof(Monitor) => StartsWithAny(method, "Enter", "TryEnter", "ReliableEnter"),
        ThreadingNamespace + "Lock" => true,
        ThreadingNamespace + nameof(ReaderWriterLock) => true,
        ThreadingNamespace + nameof(ReaderWriterLockSlim) => true,
        _ => false,
    };

    /// <summary>The type of a frame, null where it cannot be named, and its method.</summary>
    internal static (string? Type, string Method) Describe(StackFrame frame)
    {
        var (type, method) = StackFrames.Describe(frame);
        return (type, MethodItself(method));
    }

    private static bool IsOfTheContext(string type, Type context) =>
        type is ThreadingNamespace + nameof(SynchronizationContext)
        || type.Equals(context.FullName, StringComparison.Ordinal)
        || type.Equals(typeof(BlockingCall).FullName, StringComparison.Ordinal);

    private static bool Waits(string type, string method) => type switch
    {
        ThreadingNamespace + nameof(Monitor) => StartsWithAny(method, "Wait", "ObjWait"),
        ThreadingNamespace + nameof(WaitHandle) => true,
        ThreadingNamespace + nameof(Thread) => StartsWithAny(method, nameof(Thread.Join)),
        _ => false,
    };

    private static bool StartsWithAny(string method, params string[] starts) =>
        Array.Exists(starts, start => method.StartsWith(start, StringComparison.Ordinal));

    /// <summary>
    /// Where the JIT has inlined a method, all that is left of it may be the local function through which it calls the
    /// runtime, as "&lt;Wait&gt;g____PInvoke|24_0" of <see cref="Monitor"/> once that is called often.
    /// </summary>
    private static string MethodItself(string name) =>
        name.LastIndexOf('>') is var end and > 1 && name[0] == '<' ? name.Substring(1, end - 1) : name;
}
