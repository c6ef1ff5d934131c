using System.Collections.Concurrent;
using SafeLaunch.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Notes what is reported of the app hosts of a launch.</summary>
internal sealed class HostNotes : IAppHostObserver
{
    private readonly ConcurrentQueue<string> notes = new();

    /// <summary>Gets what has been reported since it was last asked for.</summary>
    public string Taken
    {
        get
        {
            List<string> taken = [];
            while (this.notes.TryDequeue(out var note))
            {
                taken.Add(note);
            }

            return string.Join(", ", taken);
        }
    }

    public void OnHostBuilt() => this.notes.Enqueue("built");

    public void OnHostStarted(AppHost host) => this.notes.Enqueue("started");

    public void OnHostStopping(Exception? fault) => this.notes.Enqueue(fault is null ? "stopping" : $"stopping for {fault.Message}");

    public void OnHostEnded(AppHost host) => this.notes.Enqueue("ended");

    public void OnHostStartedElsewhere() => this.notes.Enqueue("started elsewhere");
}
