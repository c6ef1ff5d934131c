using System.Diagnostics;
using SafeLaunch.Running;
using SafeLaunch.Supervision;
using SafeLaunch.Wire;

namespace SafeLaunch.Child;

/// <summary>
/// Listens to the parent, on a separate thread, since launched code may use up the thread pool. When the parent has gone, by any
/// end, the launch is stopped, and the process does not outlive the stop.
/// </summary>
internal sealed class ParentLink
{
    private const int ThisGroup = 0;

    private readonly MessageStream channel;
    private readonly TimeSpan stopTimeout;
    private readonly ManualResetEventSlim dismissed = new();
    private readonly TaskCompletionSource<Launch> launch = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ParentLink(MessageStream channel, TimeSpan stopTimeout)
    {
        this.channel = channel;
        this.stopTimeout = stopTimeout;
        new Thread(this.Listen) { IsBackground = true, Name = "SafeLaunch.ParentLink" }.Start();
    }

    /// <summary>The messages of the parent are about this launch.</summary>
    public void Serve(Launch toServe) => this.launch.TrySetResult(toServe);

    public void WaitForDismissal(TimeSpan timeout) => this.dismissed.Wait(timeout);

    private void Listen()
    {
        while (this.Read() is { } message)
        {
            switch (message)
            {
                case StopOrder stop:
                    this.launch.Task.GetAwaiter().GetResult().RequestStop(stop.Sentence);
                    break;
                case GraceEnd:
                    this.launch.Task.GetAwaiter().GetResult().EndGrace();
                    break;
                case Dismissal:
                    this.dismissed.Set();
                    break;
            }
        }

        this.EndWithParent();
    }

    private Message? Read()
    {
        try
        {
            return this.channel.ReadAsync().GetAwaiter().GetResult();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void EndWithParent()
    {
        if (!this.dismissed.IsSet && this.launch.Task.Wait(this.stopTimeout))
        {
            var left = this.launch.Task.Result;
            left.RequestStop("The process that launched it has ended.");
            left.Completion.Wait(this.stopTimeout + StopTimes.Margin);
        }

        this.dismissed.Set();
        if (Native.IsUnix)
        {
            // With all that it has started.
            Native.TrySignal(ThisGroup, Native.Kill);
        }
        else
        {
            Process.GetCurrentProcess().Kill();
        }
    }
}
