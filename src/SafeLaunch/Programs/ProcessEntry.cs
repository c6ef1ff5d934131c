using System.Reflection;

namespace SafeLaunch.Programs;

/// <summary>Makes a program the entry assembly of the process for a time. The process has only one, so two programs cannot have it at once.</summary>
internal static class ProcessEntry
{
    private static readonly object Gate = new();
    private static readonly Action<Assembly?>? Set = (Action<Assembly?>?)typeof(Assembly)
        .GetMethod("SetEntryAssembly", [typeof(Assembly)])?.CreateDelegate(typeof(Action<Assembly?>));

    private static Assembly? original;
    private static Assembly? current;
    private static int holders;

    /// <summary>Gets whether the runtime can change it.</summary>
    public static bool CanBeSet => Set is not null;

    /// <summary>Makes a program the entry assembly until the result is disposed of. Several launches of the same program share it.</summary>
    /// <exception cref="LaunchException">Another program is the entry assembly.</exception>
    public static IDisposable Take(Assembly program)
    {
        lock (Gate)
        {
            if (holders > 0 && current != program)
            {
                throw new LaunchException($"The program '{program.GetName().Name}' cannot be the entry assembly of the process: a launch has set it to '{current!.GetName().Name}', and there is one for all. Stop that launch first, or let the program hand its arguments on to its host and leave out {nameof(ProgramOptions.SetEntryAssembly)}.");
            }

            if (holders == 0)
            {
                original = Assembly.GetEntryAssembly();
                Set!(program);
                current = program;
            }

            holders++;
        }

        return new Holder();
    }

    private static void Release()
    {
        lock (Gate)
        {
            if (--holders == 0)
            {
                Set!(original);
                original = null;
                current = null;
            }
        }
    }

    private sealed class Holder : IDisposable
    {
        public void Dispose() => Release();
    }
}
