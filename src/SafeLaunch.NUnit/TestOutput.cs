using System.Collections.Concurrent;

namespace SafeLaunch;

/// <summary>
/// Takes the log lines of one server to the output of the test that they belong to: the test in whose flow they are written,
/// otherwise the test that sent the request, otherwise the test that used the server last.
/// </summary>
internal sealed class TestOutput
{
    private const int KeptLines = 100;

    private readonly object gate = new();
    private readonly ConcurrentDictionary<string, RunningTest> tests = new(StringComparer.Ordinal);
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

        foreach (var (id, noted) in this.tests)
        {
            if (noted.IsOver)
            {
                this.tests.TryRemove(id, out _);
            }
        }

        this.tests[test.Id] = test;
        lock (this.gate)
        {
            this.latest = test;
            while (this.unseenLines.TryDequeue(out var line))
            {
                test.WriteLine(line);
            }
        }

        return test;
    }

    /// <summary>The rest of the caller's flow is the handling of a request that this test has sent; null for a request of no test.</summary>
    public void HandleRequestOf(string? testId) =>
        this.ofRequest.Value = testId is not null && this.tests.TryGetValue(testId, out var test) ? test : null;

    public void WriteLine(string line)
    {
        var test = IfRunning(RunningTest.FindCurrent()) ?? IfRunning(this.ofRequest.Value);
        lock (this.gate)
        {
            Keep(line, this.lastLines);
            if ((test ?? IfRunning(this.latest)) is { } addressee)
            {
                addressee.WriteLine(line);
            }
            else
            {
                Keep(line, this.unseenLines);
            }
        }

        static void Keep(string line, Queue<string> lines)
        {
            lines.Enqueue(line);
            if (lines.Count > KeptLines)
            {
                lines.Dequeue();
            }
        }

        static RunningTest? IfRunning(RunningTest? test) => test is { IsOver: false } ? test : null;
    }
}
