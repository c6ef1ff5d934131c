namespace SafeLaunch.Internal;

/// <summary>Results that are work which goes on, and whose errors are lost unless they are awaited.</summary>
internal static class AsyncResult
{
    public static bool IsTask(Type? type) => typeof(Task).IsAssignableFrom(type) || IsValueTask(type);

    public static bool IsValueTask(Type? type) =>
        type == typeof(ValueTask) || (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
}
