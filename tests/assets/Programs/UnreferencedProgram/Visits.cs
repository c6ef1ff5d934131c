namespace UnreferencedProgram;

/// <summary>The state of the program, which two launches must not share.</summary>
internal static class Visits
{
    private static int count;

    public static int Add() => Interlocked.Increment(ref count);
}
