using System.Text;

namespace SafeLaunch;

/// <summary>A test that xUnit (version 2) runs. Keeps the lines for its output, which xUnit takes with its result.</summary>
internal sealed class XunitTest : RunningTest
{
    private readonly StringBuilder lines = new();

    /// <summary>Gets the lines, which are complete once the test has ended.</summary>
    public string Lines => this.lines.ToString();

    protected override void WriteLine(string line) => this.lines.AppendLine(line);
}
