namespace SafeLaunch.Supervision;

/// <summary>The one shape that every kind of launch delegate is brought into.</summary>
/// <param name="run">Called on the launch thread. Ends when the delegate has, with what it returned.</param>
/// <param name="isProgram">Whether it is a whole program, whose end is never a way of being ready.</param>
internal sealed class LaunchBody(Func<LaunchContext, Task<object?>> run, bool isProgram = false)
{
    private static readonly Task<object?> Nothing = Task.FromResult<object?>(null);

    public bool IsProgram { get; } = isProgram;

    public static LaunchBody From(Action launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return From((LaunchContext _) => launch());
    }

    public static LaunchBody From(Action<LaunchContext> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(context =>
        {
            launch(context);
            return Nothing;
        });
    }

    public static LaunchBody From(Func<object?> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return From((LaunchContext _) => launch());
    }

    public static LaunchBody From(Func<LaunchContext, object?> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(context => Task.FromResult(launch(context)));
    }

    public static LaunchBody From(Func<Task> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return From((LaunchContext _) => launch());
    }

    public static LaunchBody From(Func<LaunchContext, Task> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(async context =>
        {
            var task = launch(context)
                ?? throw new LaunchException($"Launch '{context.Name}': its delegate returned null in place of a task. Return a task.");
            await task.ConfigureAwait(false);
            return task is Task<int> exitCode ? await exitCode.ConfigureAwait(false) : null;
        });
    }

    public Task<object?> RunAsync(LaunchContext context) => run(context);
}
