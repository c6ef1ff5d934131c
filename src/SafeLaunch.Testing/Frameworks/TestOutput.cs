namespace SafeLaunch.Frameworks;

/// <summary>
/// Takes the log lines of one server to the output of the test that they belong to: the test in whose flow they are written,
/// otherwise the test that sent the request, otherwise the test that used the server last.
/// </summary>
internal sealed class TestOutput
{
    private const int KeptLines = 100;

    private readonly object gate = new();
    private readonly AsyncLocal<RunningTest?> ofRequest = new();
    private readonly Queue<string> lastLines = new();
    private readonly Queue<string> unseenLines = new();
    private RunningTest? latest;

    /// <summary>The last lines that were written, for an error that they explain.</summary>
    public string LastLines
    {
        get
        {
            lock (this.gate)
            {
                return string.Join(Environment.NewLine, this.lastLines);
            }
        }
    }

    /// <summary>
    /// Notes that the caller's test uses the server, and gives it the lines that came while no test did.
    /// </summary>
    /// <returns>The test; null outside of all tests.</returns>
    public RunningTest? Attend()
    {
        if (RunningTest.FindCurrent() is not { } test)
        {
            return null;
        }

        RunningTests.Add(test);
        lock (this.gate)
        {
            this.latest = test;
            while (this.unseenLines.TryPeek(out var line) && test.TryWriteLine(line))
            {
                this.unseenLines.Dequeue();
            }
        }

        return test;
    }

    /// <summary>The rest of the caller's flow is the handling of a request.</summary>
    /// <param name="sender">The test that has sent it; null for no test that is known.</param>
    /// <returns>The test that the request is treated as one of: the sender, otherwise the test that used the server last, while it runs.</returns>
    public RunningTest? HandleRequestOf(RunningTest? sender)
    {
        this.ofRequest.Value = sender;
        lock (this.gate)
        {
            return sender ?? (this.latest is { IsOver: false } running ? running : null);
        }
    }

    public void WriteLine(string line)
    {
        var current = RunningTest.FindCurrent();
        lock (this.gate)
        {
            Keep(line, this.lastLines);
            if (TryWriteTo(current) || TryWriteTo(this.ofRequest.Value) || TryWriteTo(this.latest))
            {
                return;
            }

            if (TestFrameworks.AreUnknown)
            {
                Console.WriteLine(line);
            }
            else
            {
                Keep(line, this.unseenLines);
            }
        }

        bool TryWriteTo(RunningTest? test) => test is { IsOver: false } && test.TryWriteLine(line);

        static void Keep(string line, Queue<string> lines)
        {
            lines.Enqueue(line);
            if (lines.Count > KeptLines)
            {
                lines.Dequeue();
            }
        }
    }
}
