using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace BlazorLauncher;

/// <summary>What the user asks for, line by line. Ctrl+C, SIGTERM and the end of the input ask to quit.</summary>
internal sealed class Commands : IDisposable
{
    public const string Quit = "q";

    private readonly BlockingCollection<string> queue = [];
    private readonly PosixSignalRegistration onInterrupt;
    private readonly PosixSignalRegistration onTerminate;

    public Commands()
    {
        this.onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, this.OnSignal);
        this.onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, this.OnSignal);

        // A read of the console cannot be called off, so that it must not hold the thread that Ctrl+C is to reach.
        new Thread(this.Read) { Name = "keyboard", IsBackground = true }.Start();
    }

    public string Next() => this.queue.Take();

    public void Dispose()
    {
        this.onInterrupt.Dispose();
        this.onTerminate.Dispose();
        this.queue.Dispose();
    }

    private void Read()
    {
        while (Console.ReadLine() is { } line)
        {
            this.queue.Add(line.Trim());
        }

        this.queue.Add(Quit);
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        this.queue.Add(Quit);
    }
}
