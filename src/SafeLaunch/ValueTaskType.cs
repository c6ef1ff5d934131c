namespace SafeLaunch;

internal static class ValueTaskType
{
    /// <summary>Whether a result of the type is work that goes on, and that is lost unless it is awaited.</summary>
    public static bool Is(Type? type) =>
        type == typeof(ValueTask) || (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
}
