#if NET
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Programs;

/// <summary>
/// Watches for the end of a load context that was unloaded, and logs it; or warns if other code still refers to it. Only the garbage collector
/// can tell, and the watch lets it: its finalizer runs after each full collection. It causes none itself.
/// </summary>
internal sealed class UnloadWatch
{
    /// <summary>A context to which nothing refers is gone after two or three.</summary>
    private const int Collections = 10;

    /// <summary>A thread of the pool may refer to it for a moment, and collections may follow one another fast.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string launch;
    private readonly string program;
    private readonly ILogger logger;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    // A WeakReference would be finalized with the watch, and then refer to nothing.
    private GCHandle context;
    private int seen;

    private UnloadWatch(AssemblyLoadContext context, string launch, ILogger logger)
    {
        this.context = GCHandle.Alloc(context, GCHandleType.Weak);
        this.launch = launch;
        this.program = context.Name!;
        this.logger = logger;
    }

#pragma warning disable MA0055 // It has nothing to dispose of: it asks the garbage collector.
    ~UnloadWatch()
#pragma warning restore MA0055
    {
        var isGone = this.context.Target is null;
        if (isGone || (++this.seen >= Collections && this.clock.Elapsed > Patience))
        {
            this.context.Free();

            // The finalizer thread is that of the whole process, and a logger may block.
            ThreadPool.QueueUserWorkItem(this.Log, isGone, preferLocal: false);
        }
        else if (!Environment.HasShutdownStarted)
        {
            GC.ReRegisterForFinalize(this);
        }
    }

    /// <summary>Nothing refers to the watch, which is what lets it run.</summary>
    public static void Begin(AssemblyLoadContext context, string launch, ILogger logger) => _ = new UnloadWatch(context, launch, logger);

    private void Log(bool isGone)
    {
        if (isGone)
        {
            this.logger.Unloaded(this.launch, this.program);
        }
        else
        {
            this.logger.StillLoaded(this.launch, this.program, this.seen);
        }
    }
}
#endif
