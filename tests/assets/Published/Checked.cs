namespace Published;

/// <summary>What a published program has found out about itself.</summary>
internal static class Checked
{
    private static int failures;

    /// <summary>How many checks have failed: the exit code.</summary>
    public static int Failures => Volatile.Read(ref failures);

    public static void That(bool holds, string sentence)
    {
        Console.WriteLine($"{(holds ? "yes" : "NO")}: {sentence}");
        if (!holds)
        {
            Interlocked.Increment(ref failures);
        }
    }
}
