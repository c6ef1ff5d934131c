namespace SafeLaunch;

/// <content>Calls on the launch thread.</content>
public sealed partial class LaunchHandle
{
    /// <summary>Runs an action on the launch thread.</summary>
    /// <param name="action">What to run.</param>
    /// <returns>A task that ends with the action, and fails with its exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    /// <exception cref="LaunchException">The launch has ended; thrown, or held by the task if it ends before the action runs.</exception>
    public Task InvokeAsync(Action action)
    {
        Guard.NotNull(action, nameof(action));
        return this.launch.InvokeAsync(() =>
        {
            action();
            return Task.FromResult(true);
        });
    }

    /// <summary>Runs a function on the launch thread.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="function">What to run.</param>
    /// <returns>A task that ends with the function's result, and fails with its exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is a <see cref="ValueTask"/>, which nothing would await.</exception>
    /// <exception cref="LaunchException">
    /// The launch has ended; thrown, or held by the task if it ends before the function runs. Or, held by the task: the function
    /// returned a task or a <see cref="ValueTask"/> as an object.
    /// </exception>
    public Task<T> InvokeAsync<T>(Func<T> function)
    {
        Guard.NotNull(function, nameof(function));
        if (AsyncResult.IsTask(typeof(T)))
        {
            throw new ArgumentException(this.DescribeNoAwaiting(), nameof(function));
        }

        return this.launch.InvokeAsync(() =>
        {
            var result = function();
            return AsyncResult.IsTask(result?.GetType()) ? throw new LaunchException(this.DescribeNoAwaiting()) : Task.FromResult(result);
        });
    }

    /// <summary>Starts an asynchronous function on the launch thread, and lets it go on there.</summary>
    /// <param name="function">What to run.</param>
    /// <returns>A task that ends with the function's task, and fails as it does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    /// <exception cref="LaunchException">The launch has ended; thrown, or held by the task if it ends before the function runs.</exception>
    public Task InvokeAsync(Func<Task> function)
    {
        Guard.NotNull(function, nameof(function));
        return this.launch.InvokeAsync(async () =>
        {
            await function().ConfigureAwait(false);
            return true;
        });
    }

    /// <summary>Starts an asynchronous function on the launch thread, and lets it go on there.</summary>
    /// <typeparam name="T">What its task returns.</typeparam>
    /// <param name="function">What to run.</param>
    /// <returns>A task that ends with the function's task and its result, and fails as it does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is a <see cref="ValueTask"/>, which nothing would await.</exception>
    /// <exception cref="LaunchException">The launch has ended; thrown, or held by the task if it ends before the function runs.</exception>
    public Task<T> InvokeAsync<T>(Func<Task<T>> function)
    {
        Guard.NotNull(function, nameof(function));
        if (AsyncResult.IsValueTask(typeof(T)))
        {
            throw new ArgumentException(this.DescribeNoAwaiting(), nameof(function));
        }

        return this.launch.InvokeAsync(function);
    }

    private string DescribeNoAwaiting() =>
        $"Launch '{this.Name}': {nameof(this.InvokeAsync)} does not await a {nameof(ValueTask)}, nor a task that a function returns as an object, and errors would be lost. Return a {nameof(Task)}: of a {nameof(ValueTask)}, its {nameof(ValueTask.AsTask)}().";
}
