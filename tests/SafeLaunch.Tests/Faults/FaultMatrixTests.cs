namespace SafeLaunch.Tests.Faults;

/// <summary>Something goes wrong in each step of a start, a run and a stop; much of it at the same time, since most of it is waiting.</summary>
public sealed class FaultMatrixTests
{
    /// <summary>So many that it takes seconds, and so few that none is late because of the others.</summary>
    private const int AtOnce = 16;

    private readonly Dictionary<string, Task<FaultReport>> reports = [];

    private static IEnumerable<TestCaseData> All() =>
        FaultMatrix.All.Select(row =>
        {
            var data = new TestCaseData(row).SetArgDisplayNames(row.ToString());
            return row.Expectation.ReasonNotOnMono is { } reason ? data.NotOnMono(reason) : data;
        });

    [OneTimeSetUp]
    public async Task Let_it_all_go_wrong()
    {
        using var turns = new SemaphoreSlim(AtOnce);
        foreach (var row in FaultMatrix.All.Where(row => !Mono.IsRunning || row.Expectation.ReasonNotOnMono is null))
        {
            this.reports.Add(row.ToString(), Task.Run(async () =>
            {
                await turns.WaitAsync();
                try
                {
                    return await row.RunAsync();
                }
                finally
                {
                    turns.Release();
                }
            }));
        }

        // The tests tell which of them failed.
        await Task.WhenAny(Task.WhenAll(this.reports.Values));
    }

    [TestCaseSource(nameof(All))]
    public async Task Each_fault_in_a_step_ends_as_the_table_says(object row)
    {
        var (expected, report) = (((FaultCase)row).Expectation, await this.reports[row.ToString()!]);

        Assert.That(report.WasStruck, Is.True, "the step was never taken");
        using (Assert.EnterMultipleScope())
        {
            var exception = report.StartError ?? report.Outcome?.Exception;
            Assert.That(report.Outcome?.Kind, Is.EqualTo(expected.Kind), report.Outcome?.ToString() ?? report.StartError?.ToString());
            Assert.That(expected.Finding.Matches(exception, report.Injected), Is.True, $"expected {expected.Finding.Text}, was {exception?.ToString() ?? "none"}");
            Assert.That(report.Outcome?.Reason ?? "", Does.Contain(expected.Reason ?? ""));
            Assert.That(report.Left, Is.EqualTo(expected.Left), "left when the end was known");
            Assert.That(report.LeftForGood, Is.EqualTo(Left.Nothing), "left once the step was released");
        }
    }

    [Test]
    public void The_table_of_the_page_is_that_of_the_tests() => FaultTable.Check();
}
