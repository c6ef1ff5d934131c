using System.Diagnostics.CodeAnalysis;

namespace SafeLaunch.Internal;

internal static class Guard
{
    public static T NotNull<T>([NotNull] T? argument, string name)
        where T : class =>
        argument ?? throw new ArgumentNullException(name);
}
