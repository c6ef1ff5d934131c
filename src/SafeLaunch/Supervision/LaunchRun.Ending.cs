namespace SafeLaunch.Supervision;

/// <content>The causes of its end.</content>
internal sealed partial class LaunchRun
{
    /// <summary>Ends the launch for the first cause given. An error that comes later is kept beside it.</summary>
    public void End(EndCause cause)
    {
        if (!this.Life.TryEnd(cause) && cause.Exception is { } exception && !this.IsOfTheStop(exception))
        {
            this.Errors.Add(exception);
        }
    }

    /// <summary>Fails the start. False if the launch has been ready.</summary>
    public bool TryEndStart(EndCause cause)
    {
        if (this.Life.TryEndStart(cause))
        {
            return true;
        }

        if (this.Life.HasBeenReady)
        {
            return false;
        }

        this.End(cause);
        return true;
    }

    /// <summary>Whether an exception is only what the stop itself causes in the launched code.</summary>
    public bool IsOfTheStop(Exception exception) =>
        StopExceptions.Include(exception, this.stopping.IsCancellationRequested, this.wasInterrupted);
}
