namespace SafeLaunch.Tests.Threading;

/// <summary>The tables of docs/context.md that say what each runtime does: each row is looked at on the runtime that runs these tests.</summary>
public sealed class RuntimeTableTests
{
    private const string Waits = "the launch thread waits in";
    private const string Locks = "the launch thread acquires";
    private const string HotWaits = "hot code waits in";

    private static readonly string Runtime = Mono.IsRunning ? "Mono" : $".NET {Environment.Version.Major}";

    [TestCaseSource(typeof(BlockingCallRow), nameof(BlockingCallRow.Waits))]
    public void The_table_of_the_waits_says_what_this_runtime_reports(object row)
    {
        var reports = ReportsOf((BlockingCallRow)row);

        var cell = reports.Any(report => report.IsPlainWait) ? "serves" : reports.Count > 0 ? "reported as a lock" : "not reported";
        new DocPage("context.md").HasCell(((BlockingCallRow)row).Name, Runtime, cell);
    }

    [TestCaseSource(typeof(BlockingCallRow), nameof(BlockingCallRow.Locks))]
    public void The_table_of_the_locks_names_the_frame_by_which_an_acquisition_is_known(object row)
    {
        var cell = CellOf((BlockingCallRow)row);

        new DocPage("context.md").HasCell(((BlockingCallRow)row).Name, Runtime, cell);
    }

    [TestCaseSource(typeof(HotWait), nameof(HotWait.All))]
    public void The_table_of_hot_code_names_the_frame_that_is_left_of_a_wait(object wait)
    {
        if (!HotWait.IsCodeOptimized)
        {
            Assert.Ignore("These tests were built without optimization. The matrix of runtimes builds them with it.");
        }

        var page = new DocPage("context.md");
        var name = ((HotWait)wait).Name;

        var expected = page.CellOf(name, Runtime) is "none" ? null : page.CellOf(name, Runtime).Trim('`');
        var frame = ((HotWait)wait).FrameOnceHot(expected);

        page.HasCell(name, Runtime, frame is null ? "none" : $"`{frame}`");
    }

    [Test]
    public void The_tables_have_a_row_for_each_call_and_no_other()
    {
        var page = new DocPage("context.md");

        Assert.That(page.RowsOf(Waits), Is.EquivalentTo(BlockingCallRow.Waits.Select(row => row.Name)));
        Assert.That(page.RowsOf(Locks), Is.EquivalentTo(BlockingCallRow.Locks.Select(row => row.Name)));
        Assert.That(page.RowsOf(HotWaits), Is.EquivalentTo(HotWait.All.Select(wait => wait.Name)));
    }

    private static string CellOf(BlockingCallRow row)
    {
        try
        {
            var reports = ReportsOf(row);
            return reports.Count == 0 ? "not reported" : reports.Any(report => report.IsPlainWait) ? "taken as a wait" : $"`{reports[0].LockFrame}`";
        }
        catch (NotSupportedException)
        {
            return "not there";
        }
    }

    /// <summary>What the runtime has reported by the time that the call is over.</summary>
    private static IReadOnlyList<ReportContext.Report> ReportsOf(BlockingCallRow row)
    {
        var (block, release) = row.Make();
        var context = new ReportContext();
        var thread = TestLaunch.OnThread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            block();
        });
        UntilReportedOrBlocked(thread, context);
        release();
        thread.JoinInTime();
        return context.Reports;
    }

    /// <summary>A thread that is about to block may yield before, and looks blocked then; but not each time that it is looked at.</summary>
    private static void UntilReportedOrBlocked(Thread thread, ReportContext context)
    {
        const int Looks = 50;
        var seen = 0;
        var ended = SpinWait.SpinUntil(
            () =>
            {
                seen = thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin) ? seen + 1 : 0;
                Thread.Sleep(1);
                return context.Reports.Count > 0 || seen >= Looks || !thread.IsAlive;
            },
            Gate.Patience);
        Assert.That(ended, Is.True, "The thread did not block.");
    }
}
