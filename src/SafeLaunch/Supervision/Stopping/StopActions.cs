using System.Runtime.ExceptionServices;

namespace SafeLaunch.Supervision;

/// <summary>Calls the delegates of <see cref="LaunchOptions.StopWith"/> one after another. An exception of one keeps no other from being called.</summary>
internal static class StopActions
{
    /// <exception cref="OperationCanceledException">They only ended because their time was over.</exception>
    /// <exception cref="AggregateException">Several threw.</exception>
    public static async Task RunAsync(IEnumerable<Func<CancellationToken, Task>> actions, CancellationToken cancellationToken)
    {
        List<Exception> errors = [];
        foreach (var stopAsync in actions)
        {
            try
            {
                await stopAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                errors.Add(e);
            }
        }

        if (errors.Count == 1 || (errors.Count > 1 && errors.TrueForAll(error => error is OperationCanceledException)))
        {
            ExceptionDispatchInfo.Capture(errors[0]).Throw();
        }

        if (errors.Count > 1)
        {
            throw new AggregateException(errors);
        }
    }
}
