using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Supervision;

/// <summary>The one shape that every kind of launch delegate is brought into.</summary>
/// <param name="original">The delegate as it was given, null for a whole program.</param>
/// <param name="run">Called on the launch thread. Ends when the delegate has, with what it returned.</param>
internal sealed class LaunchBody(Delegate? original, Func<LaunchContext, Task<object?>> run)
{
    private static readonly Task<object?> Nothing = Task.FromResult<object?>(null);

    /// <summary>Whether it is a whole program, whose end is never a way of being ready.</summary>
    public bool IsProgram => original is null;

    /// <summary>The hosts that were built before the launch and that it may run.</summary>
    public IReadOnlyList<IHost> CapturedHosts => original is null ? [] : Hosting.CapturedHosts.Of(original);

    public static LaunchBody From(Action launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return From(launch, _ => launch());
    }

    public static LaunchBody From(Action<LaunchContext> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return From(launch, launch);
    }

    public static LaunchBody From(Func<object?> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(launch, _ => Task.FromResult(launch()));
    }

    public static LaunchBody From(Func<LaunchContext, object?> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(launch, context => Task.FromResult(launch(context)));
    }

    public static LaunchBody From(Func<Task> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return From(launch, _ => launch());
    }

    public static LaunchBody From(Func<LaunchContext, Task> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return From(launch, launch);
    }

    public Task<object?> RunAsync(LaunchContext context) => run(context);

    private static LaunchBody From(Delegate original, Action<LaunchContext> launch) => new(original, context =>
    {
        launch(context);
        return Nothing;
    });

    private static LaunchBody From(Delegate original, Func<LaunchContext, Task> launch) => new(original, async context =>
    {
        var task = launch(context)
            ?? throw new LaunchException($"Launch '{context.Name}': its delegate returned null in place of a task. Return a task.");
        await task.ConfigureAwait(false);
        return task is Task<int> exitCode ? await exitCode.ConfigureAwait(false) : null;
    });
}
