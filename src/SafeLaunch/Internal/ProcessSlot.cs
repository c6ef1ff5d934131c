namespace SafeLaunch.Internal;

/// <summary>
/// Objects of which there is one in the process, shared by all copies of this library that plugins may have brought. Their
/// types must be those of the runtime, so that they keep no copy in memory and each copy can use them.
/// </summary>
internal static class ProcessSlot
{
    public static T GetOrAdd<T>(string name, Func<T> create)
        where T : class
    {
#pragma warning disable CA2002, MA0064 // There is nothing else that all copies could lock, and it is held for a moment only.
        lock (typeof(AsyncLocal<object?>))
#pragma warning restore CA2002, MA0064
        {
            if (AppDomain.CurrentDomain.GetData(name) is not T shared)
            {
                shared = create();
                AppDomain.CurrentDomain.SetData(name, shared);
            }

            return shared;
        }
    }
}
