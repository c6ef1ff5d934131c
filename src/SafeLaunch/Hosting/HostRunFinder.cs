using System.Diagnostics;

namespace SafeLaunch.Hosting;

/// <summary>Reads from the stack of a thread that starts a host how the code that does so goes on.</summary>
internal static class HostRunFinder
{
    /// <summary>To be called within the start of a host. Unknown once that start has gone on to another stack.</summary>
    /// <returns>How the code goes on, and whether it is blocked until the start has ended, whose exception it then gets.</returns>
    public static (HostRun Run, bool IsBlocked) Find()
    {
        var found = HostRun.Unknown;
        var place = Place.AboveHost;
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            var (type, method) = StackFrames.Describe(frame);
            if (type is null)
            {
                continue;
            }

            if (IsHost(type))
            {
                // A host that is built by a service of this one is started within this one's start.
                if (place == Place.BelowHost)
                {
                    return (found, IsBlocked: false);
                }

                place = Place.InHost;
            }
            else if (place == Place.InHost && !IsFirstCall(type, method))
            {
                if (IsContinuation(type))
                {
                    return (HostRun.Unknown, IsBlocked: false);
                }

                place = Place.BelowHost;
                found = HostRun.None;
            }

            if (place == Place.BelowHost && IsOfExtensions(type))
            {
                // An asynchronous method may appear as a method of a type that is named for it.
                switch (method)
                {
                    case "Run":
                        return (HostRun.Blocking, IsBlocked: true);
                    case "Start":
                        return (HostRun.None, IsBlocked: true);
                    case "RunAsync":
                    case var _ when type.Contains("<RunAsync>", StringComparison.Ordinal):
                        found = HostRun.ByTask;
                        break;
                }
            }
        }

        return (found, IsBlocked: false);
    }

    private static bool IsHost(string type) =>
        type.StartsWith("Microsoft.Extensions.Hosting.Internal.Host", StringComparison.Ordinal)
        || type is "Microsoft.AspNetCore.Hosting.WebHost"
        || type.StartsWith("Microsoft.AspNetCore.Hosting.WebHost+", StringComparison.Ordinal);

    private static bool IsOfExtensions(string type) =>
        type.StartsWith("Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions", StringComparison.Ordinal)
        || type.StartsWith("Microsoft.AspNetCore.Hosting.WebHostExtensions", StringComparison.Ordinal);

    /// <summary>An asynchronous method is called first by its builder, on the stack of its caller.</summary>
    private static bool IsFirstCall(string type, string method) =>
        method is "Start" && type.StartsWith("System.Runtime.CompilerServices.Async", StringComparison.Ordinal);

    /// <summary>Later the runtime calls it, after an await: .NET by a box, .NET Framework by a runner.</summary>
    private static bool IsContinuation(string type) =>
        type.Contains("AsyncStateMachineBox", StringComparison.Ordinal)
        || type.Contains("MoveNextRunner", StringComparison.Ordinal)
        || type.StartsWith("System.Threading.", StringComparison.Ordinal);

    private enum Place
    {
        AboveHost,
        InHost,
        BelowHost,
    }
}
