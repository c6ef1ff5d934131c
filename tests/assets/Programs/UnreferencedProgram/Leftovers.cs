using System.Runtime.Loader;

namespace UnreferencedProgram;

/// <summary>Code that outlives the launch.</summary>
internal static class Leftovers
{
    /// <summary>Waits for a gate of the tests, and gives up for no interrupt.</summary>
    public static void WaitForGate()
    {
        var gate = (ManualResetEventSlim)AppDomain.CurrentDomain.GetData("UnreferencedProgram.Gate")!;
        while (true)
        {
            try
            {
                gate.Wait();
                return;
            }
            catch (ThreadInterruptedException)
            {
                continue;
            }
        }
    }

    /// <summary>Waits for the gate when the program is unloaded, and then fails.</summary>
    public static void FailUnloading() => AssemblyLoadContext.GetLoadContext(typeof(Leftovers).Assembly)!.Unloading += static _ =>
    {
        WaitForGate();
        throw new InvalidOperationException("The program does not want to go.");
    };

    /// <summary>Leaves an event handler behind, by which the process refers to this program.</summary>
    public static void Subscribe() => AppDomain.CurrentDomain.ProcessExit += OnProcessExit;

    private static void OnProcessExit(object? sender, EventArgs e) => Visits.Add();
}
