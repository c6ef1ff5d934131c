namespace SafeLaunch.Processes.Tests.Faults;

/// <summary>What can go wrong with a child process, as docs/reliability.md has it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProcessFaultTests
{
    private static IEnumerable<TestCaseData> Cases() =>
        ProcessFaults.All.Select(fault => new TestCaseData(fault).SetArgDisplayNames(fault.ToString()));

    [TestCaseSource(nameof(Cases))]
    public async Task A_fault_of_a_child_process_ends_as_the_table_says(object of)
    {
        var fault = (ProcessFault)of;

        var found = await fault.FindAsync();

        Assert.That(found.Result, Is.EqualTo(fault.Result), found.Text);
        Assert.That(found.Text, Does.Contain(fault.Says));
        foreach (var process in found.Processes)
        {
            await ProcessTable.IsGoneAsync(process);
        }
    }

    [Test]
    public void The_page_on_reliability_has_the_rows_of_these_tests() =>
        new DocPage("reliability.md").HasTable("process faults", string.Join('\n',
        [
            "| what goes wrong | result | what it says |",
            "|---|---|---|",
            .. ProcessFaults.All.Select(fault => $"| {fault.What} | {fault.Result} | “… {fault.Says} …” |"),
        ]) + "\n");
}
