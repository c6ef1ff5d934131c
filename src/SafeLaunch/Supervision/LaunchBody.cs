using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Supervision;

/// <summary>The one shape that every kind of launch delegate is brought into.</summary>
/// <param name="original">The delegate as it was given, null for a whole program.</param>
/// <param name="call">Calls it, on the launch thread, and passes its result on.</param>
internal sealed class LaunchBody(Delegate? original, Func<LaunchContext, object?> call)
{
    /// <summary>The whole program that it is, whose end is never a way of being ready; null for a delegate.</summary>
    public EntryPoint? Program { get; private init; }

    /// <summary>The hosts that were built before the launch and that it may run.</summary>
    public IReadOnlyList<IHost> CapturedHosts => original is null ? [] : Hosting.HostCapture.FindIn(original);

    public static LaunchBody From(EntryPoint program) => new(original: null, _ => program.Call()) { Program = program };

    public static LaunchBody From(Action launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(launch, _ =>
        {
            launch();
            return null;
        });
    }

    public static LaunchBody From(Action<LaunchContext> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(launch, context =>
        {
            launch(context);
            return null;
        });
    }

    public static LaunchBody From(Func<object?> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(launch, _ => launch());
    }

    public static LaunchBody From(Func<LaunchContext, object?> launch) => new(Guard.NotNull(launch, nameof(launch)), launch);

    public static LaunchBody From(Func<Task> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(launch, context => launch() ?? throw NoTask(context));
    }

    public static LaunchBody From(Func<LaunchContext, Task> launch)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(launch, context => launch(context) ?? throw NoTask(context));
    }

    /// <summary>Called on the launch thread. Ends when the delegate has, its task included, with its result.</summary>
    public Task<object?> RunAsync(LaunchContext context) => call(context) switch
    {
        Task task => EndOfAsync(task),
        ValueTask task => EndOfAsync(task.AsTask()),
        ValueTask<int> task => EndOfAsync(task.AsTask()),
        { } result when IsValueTask(result.GetType()) => throw NoAwaiting(context, result.GetType()),
        var result => Task.FromResult(result),
    };

    // One of another type cannot be awaited without code that a trimmed program may not have.
    private static bool IsValueTask(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>);

    private static async Task<object?> EndOfAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return task is Task<int> exitCode ? await exitCode.ConfigureAwait(false) : null;
    }

    private static LaunchException NoAwaiting(LaunchContext context, Type type) =>
        new($"Launch '{context.Name}': its delegate returned a {nameof(ValueTask)} of {type.GenericTypeArguments[0]}, which cannot be awaited as it is. Return its {nameof(ValueTask.AsTask)}().");

    private static LaunchException NoTask(LaunchContext context) =>
        new($"Launch '{context.Name}': its delegate returned null in place of a task. Return a task.");
}
