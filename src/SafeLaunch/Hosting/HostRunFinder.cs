using System.Diagnostics;

namespace SafeLaunch.Hosting;

/// <summary>Reads from the stack of a thread that starts a host how its code goes on.</summary>
internal static class HostRunFinder
{
    private const string Extensions = "Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions";

    /// <summary>To be called within the start of a host, before anything in it has been awaited.</summary>
    public static HostRun Find()
    {
        // A program without stack traces names no frame, not even this one.
        var found = HostRun.Unknown;
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            var (type, method) = StackFrames.Describe(frame);
            if (type is null)
            {
                continue;
            }

            found = found == HostRun.Unknown ? HostRun.None : found;
            if (!type.StartsWith(Extensions, StringComparison.Ordinal))
            {
                continue;
            }

            if (method is "Run")
            {
                return HostRun.Blocking;
            }

            // An asynchronous method may appear as a method of a type that is named for it.
            if (method is "RunAsync" || type.Contains("<RunAsync>", StringComparison.Ordinal))
            {
                found = HostRun.ByTask;
            }
        }

        return found;
    }
}
