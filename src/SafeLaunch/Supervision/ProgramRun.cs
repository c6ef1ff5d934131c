using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using SafeLaunch.Programs;

namespace SafeLaunch.Supervision;

/// <summary>A program in one launch: it loads its code, calls its main method, and releases the code after the end.</summary>
internal sealed class ProgramRun(IProgram program, string[] args, bool isProcessEntry)
{
    private ILoadedProgram? loaded;

    /// <summary>A Main that is asynchronous has a compiler-made entry point, which blocks until its task has ended.</summary>
    /// <returns>The result of Main.</returns>
    public object? Call()
    {
        var main = (this.loaded = program.Load()).Main;
        using (LoadContext.Enter(main.Module.Assembly))
        using (isProcessEntry ? ProcessEntry.Take(main.Module.Assembly) : null)
        {
            try
            {
                return main.Invoke(obj: null, main.GetParameters().Length > 0 ? [args.Clone()] : []);
            }
            catch (TargetInvocationException e) when (e.InnerException is not null)
            {
                ExceptionDispatchInfo.Capture(e.InnerException).Throw();
                throw;
            }
        }
    }

    /// <summary>Releases its code. Runs what the program has registered for that.</summary>
    public void Release(string launch, ILogger logger)
    {
        try
        {
            this.loaded?.Release(launch, logger);
        }
        catch (Exception e)
        {
            logger.ErrorWhileEnding(e, launch);
        }

        this.loaded = null;
    }
}
