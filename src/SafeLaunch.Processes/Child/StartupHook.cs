using System.Runtime.CompilerServices;
using SafeLaunch.Child;

#pragma warning disable CA1050, MA0047 // .NET looks for it under this name, in no namespace.
/// <summary>Called by .NET before the Main of a child process. Does nothing in any other process.</summary>
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    public static void Initialize()
    {
        if (ChildVariable.Take() is { } variable)
        {
            // First, since the next method needs assemblies that the program may not bring.
            AssemblyFinder.FindIn(variable.Folders);
            Run(variable);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(ChildVariable variable) => ChildMain.Run(variable, []);
}
