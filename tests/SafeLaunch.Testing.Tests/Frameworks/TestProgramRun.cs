using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeLaunch.Testing.Tests.Frameworks;

/// <summary>A run of one class of tests.</summary>
internal sealed class TestProgramRun : IDisposable
{
    private readonly string reportPath = Path.GetTempFileName();
    private readonly TestProgram program;

    public TestProgramRun(TestProgram program, string testClass)
    {
        this.program = program;
        var assembly = Path.Combine(Repository.OutputOf($"tests/assets/TestPrograms/{program.Name}"), program.Name + ".dll");
        var filter = program.Filter.Select(part => string.Format(CultureInfo.InvariantCulture, part, testClass));
        this.Process = new(
            "dotnet",
            program.IsRunByVSTest ? ["vstest", assembly, .. filter] : [assembly, .. filter, "--no-ansi"],
            start => start.Environment["REPORT"] = this.reportPath);
    }

    public ChildProcess Process { get; }

    /// <summary>Gets what the tests have written to their report, line by line.</summary>
    public string[] Report => File.ReadAllLines(this.reportPath);

    /// <summary>What the runner prints of a test that has failed: its error and its output.</summary>
    public string FailureOf(string test)
    {
        var begin = Regex.Match(this.Process.Output, $@"(?m)^ *failed (\w+\.)*{test}\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Gate.Patience);
        Assert.That(begin.Success, Is.True, this.Process.Output);

        // Up to the next test, or to what the runner reports meanwhile.
        var rest = this.Process.Output[(begin.Index + begin.Length)..];
        var end = Regex.Match(rest, this.program.IsRunByVSTest ? @"(?m)^ *failed |^\[xUnit" : @"(?m)^\S", RegexOptions.IgnoreCase, Gate.Patience);
        return end.Success ? rest[..end.Index] : rest;
    }

    /// <summary>The path that the runner prints of a file which is attached to a test: under the name of the test.</summary>
    public string AttachmentOf(string test, string file)
    {
        var path = Regex.Match(this.Process.Output, $@"(?s){test}.*?(?<path>(/|[A-Z]:\\)[^\n]*{Regex.Escape(file)})", RegexOptions.ExplicitCapture, Gate.Patience);
        Assert.That(path.Success, Is.True, this.Process.Output);
        return path.Groups["path"].Value;
    }

    /// <summary>Waits until the tests have written a line to their report.</summary>
    public async Task ReadReportToAsync(string line)
    {
        using var changes = new FileSystemWatcher(Path.GetDirectoryName(this.reportPath)!, Path.GetFileName(this.reportPath));
        var written = Gate.NewSource();
        changes.Changed += (_, _) => Look();
        changes.EnableRaisingEvents = true;
        Look();
        await written.Task.Within();

        void Look()
        {
            if (this.Report.Contains(line))
            {
                written.TrySetResult();
            }
        }
    }

    public void Dispose()
    {
        this.Process.Dispose();
        File.Delete(this.reportPath);
    }
}
