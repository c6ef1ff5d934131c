using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Supervision;

/// <summary>The one shape that every kind of launch delegate is brought into.</summary>
/// <param name="original">The delegate as it was given, null for a whole program.</param>
/// <param name="call">Calls it, on the launch thread, and passes its result on.</param>
internal sealed class LaunchCall(Delegate? original, Func<LaunchContext, object?> call)
{
    /// <summary>The delegate as it was given; null for a whole program.</summary>
    public Delegate? Original { get; } = original;

    /// <summary>The program, or null for a delegate. A program never becomes ready by returning.</summary>
    public EntryPoint? Program { get; private init; }

    /// <summary>The program in this one launch; null for a delegate.</summary>
    public ProgramRun? ProgramRun { get; private init; }

    /// <summary>The hosts that were built before the launch and that it may run.</summary>
    public IReadOnlyList<IHost> CapturedHosts => this.Original is null ? [] : Hosting.HostCapture.FindIn(this.Original);

    public static LaunchCall From(EntryPoint program)
    {
        var run = program.NewRun();
        return new(original: null, _ => run.Call()) { Program = program, ProgramRun = run };
    }

    public static LaunchCall From(Delegate original, Action<LaunchContext> launch) => new(original, context =>
    {
        launch(context);
        return null;
    });

    public static LaunchCall FromTask(Delegate original, Func<LaunchContext, Task> launch) =>
        new(original, context => launch(context) ?? throw NoTask(context));

    public static LaunchCall FromResult<T>(Delegate original, Func<LaunchContext, T> launch) => new(original, context => launch(context));

    public static LaunchCall FromTaskResult<T>(Delegate original, Func<LaunchContext, Task<T>> launch)
    {
        return new(original, context => ResultOfAsync(launch(context) ?? throw NoTask(context)));

        static async Task<object?> ResultOfAsync(Task<T> task) => await task.ConfigureAwait(false);
    }

    /// <summary>The call for one launch: the launches of a program share nothing of it.</summary>
    public LaunchCall ForOneLaunch() => this.Program is { } program ? From(program) : this;

    /// <summary>Refuses a result that is work which goes on, and which code without reflection cannot await.</summary>
    public static void ThrowIfNeverAwaited(Type result, string parameter)
    {
        if (AsyncResult.IsValueTask(result) && !IsAwaited(result))
        {
            throw new ArgumentException($"The delegate returns a {nameof(ValueTask)} of {result.GenericTypeArguments[0]}, which cannot be awaited as it is. Return its {nameof(ValueTask.AsTask)}().", parameter);
        }
    }

    /// <summary>Refuses a task whose result is a task in turn.</summary>
    public static void ThrowIfTaskOfTask(Type result, string parameter)
    {
        if (AsyncResult.IsTask(result))
        {
            throw new ArgumentException($"The delegate returns a task of a {result.Name}, which nothing would await. Await it in the delegate.", parameter);
        }
    }

    /// <summary>Called on the launch thread. Ends when the delegate has, its task included, with its result.</summary>
    public async Task<object?> RunAsync(LaunchContext context)
    {
        var result = call(context);
        while (result is Task or ValueTask or ValueTask<int>)
        {
            var task = result switch
            {
                Task ofClass => ofClass,
                ValueTask<int> ofExitCode => ofExitCode.AsTask(),
                _ => ((ValueTask)result).AsTask(),
            };
            await task.ConfigureAwait(false);
            result = task switch
            {
                Task<int> exitCode => await exitCode.ConfigureAwait(false),
                Task<object?> server => await server.ConfigureAwait(false),
                _ => null,
            };
        }

        return result is not null && AsyncResult.IsValueTask(result.GetType()) ? throw NoAwaiting(context, result.GetType()) : result;
    }

    private static bool IsAwaited(Type valueTask) => valueTask == typeof(ValueTask) || valueTask == typeof(ValueTask<int>);

    private static LaunchException NoAwaiting(LaunchContext context, Type type) =>
        new($"Launch '{context.Name}': its delegate returned a {nameof(ValueTask)} of {type.GenericTypeArguments[0]}, which cannot be awaited as it is. Return its {nameof(ValueTask.AsTask)}().");

    private static LaunchException NoTask(LaunchContext context) =>
        new($"Launch '{context.Name}': its delegate returned null in place of a task. Return a task.");
}
