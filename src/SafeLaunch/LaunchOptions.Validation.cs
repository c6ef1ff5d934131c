namespace SafeLaunch;

/// <content>The checks of the options, and the copy that a launcher keeps.</content>
public partial class LaunchOptions
{
    /// <summary>The options that a delegate configures, copied.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal static LaunchOptions From(Action<LaunchOptions>? configure)
    {
        var options = new LaunchOptions();
        configure?.Invoke(options);
        return options.Validated(nameof(configure));
    }

    /// <param name="parameter">The parameter of the launcher that the options come from.</param>
    /// <returns>A copy, which later changes do not reach.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal LaunchOptions Validated(string parameter)
    {
        if (string.IsNullOrWhiteSpace(this.Name))
        {
            throw new ArgumentException($"{nameof(this.Name)} must be neither null nor blank.", parameter);
        }

        this.CheckTimeout(this.StartTimeout, nameof(this.StartTimeout), parameter, mayBeInfinite: true);
        this.CheckTimeout(this.UnservedWorkTimeout, nameof(this.UnservedWorkTimeout), parameter, mayBeInfinite: true);
        this.CheckTimeout(this.StopTimeout, nameof(this.StopTimeout), parameter);
        if (this.InterruptAfter is { } interruptAfter && (interruptAfter < TimeSpan.Zero || interruptAfter > this.StopTimeout))
        {
            throw new ArgumentOutOfRangeException(
                parameter,
                interruptAfter,
                $"{nameof(this.InterruptAfter)} of launch '{this.Name}' must be from zero to {nameof(this.StopTimeout)}, which is {this.StopTimeout}.");
        }

        if (this.BlockingWaits is not (BlockingWaitBehavior.Pump or BlockingWaitBehavior.Block))
        {
            throw new ArgumentOutOfRangeException(parameter, this.BlockingWaits, $"{nameof(this.BlockingWaits)} of launch '{this.Name}' is none of its values.");
        }

        if (this.UnhandledExceptions is not (UnhandledExceptionBehavior.StopLaunch or UnhandledExceptionBehavior.Log))
        {
            throw new ArgumentOutOfRangeException(parameter, this.UnhandledExceptions, $"{nameof(this.UnhandledExceptions)} of launch '{this.Name}' is none of its values.");
        }

        var copy = (LaunchOptions)this.MemberwiseClone();
        copy.CopyWhatIsShared();
        return copy;
    }

    /// <summary>Replaces each object that this copy shares with its original, and that callers can change, by a copy.</summary>
    internal virtual void CopyWhatIsShared()
    {
        this.Configuration = new Dictionary<string, string?>(this.Configuration, StringComparer.OrdinalIgnoreCase);
        this.Parts = this.Parts.ToDictionary(part => part.Key, part => part.Value.CopyFor(this));
    }

    /// <summary>The options of a launch that looks after another process: no app host is in this one.</summary>
    /// <param name="stopTimeout">How long <paramref name="stop"/> may take.</param>
    /// <param name="stop">Ends the process. Called after what callers added by <see cref="StopWith"/>.</param>
    internal LaunchOptions ForOtherProcess(TimeSpan stopTimeout, Func<CancellationToken, Task> stop)
    {
        var copy = (LaunchOptions)this.MemberwiseClone();
        copy.StopTimeout = stopTimeout;
        copy.InterruptAfter = null;
        copy.RouteConsoleInput = false;
        copy.Starting = null;
        copy.AppHostConfiguration = null;
        copy.AppHostStarted = null;
        copy.BecameReady = null;
        copy.stopActions = [.. this.stopActions, stop];
        return copy;
    }

    private void CheckTimeout(TimeSpan timeout, string property, string parameter, bool mayBeInfinite = false)
    {
        if (mayBeInfinite && timeout == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        if (timeout <= TimeSpan.Zero || timeout.TotalMilliseconds > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                parameter,
                timeout,
                $"{property} of launch '{this.Name}' must be more than zero and at most {int.MaxValue} ms.");
        }
    }
}
