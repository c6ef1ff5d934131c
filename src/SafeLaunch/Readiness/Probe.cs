namespace SafeLaunch.Readiness;

/// <summary>Tries something again and again until it succeeds or is cancelled.</summary>
internal static class Probe
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>No single try may use up the time that others would have.</summary>
    private static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(5);

    /// <exception cref="TimeoutException">It was cancelled first; it says what went wrong last.</exception>
    public static async Task RepeatAsync(string what, Func<CancellationToken, Task> tryOnce, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        Exception? last = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            using var thisTry = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            thisTry.CancelAfter(TryTimeout);
            try
            {
                await tryOnce(thisTry.Token).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Not there yet; the last error is reported if it never gets there.
                last = e;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            await PauseAsync(pause, cancellationToken).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }

        throw new TimeoutException($"{what} did not answer{(last is null ? "" : ": " + last.Message)}", last);
    }

    private static async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }
}
