using System.Text;

namespace SafeLaunch;

/// <summary>A test that xUnit (version 2) runs. Keeps the lines for its output, which xUnit takes with its result.</summary>
internal sealed class XunitTest : RunningTest
{
    private static readonly AsyncLocal<XunitTest?> OfFlow = new();

    private readonly StringBuilder lines = new();
    private bool isOver;

    public static XunitTest? Current
    {
        get => OfFlow.Value;
        set => OfFlow.Value = value;
    }

    public override string Id { get; } = Guid.NewGuid().ToString("N");

    public override bool IsOver
    {
        get
        {
            lock (this.lines)
            {
                return this.isOver;
            }
        }
    }

    public override bool TryWriteLine(string line)
    {
        lock (this.lines)
        {
            if (!this.isOver)
            {
                this.lines.AppendLine(line);
            }

            return !this.isOver;
        }
    }

    /// <summary>xUnit has no attachments.</summary>
    public override void Attach(string path, string description) => this.TryWriteLine($"{description}: {path}");

    /// <summary>Ends the test, and takes its lines.</summary>
    public string Finish(bool failed)
    {
        this.End(failed);
        lock (this.lines)
        {
            this.isOver = true;
            return this.lines.ToString();
        }
    }
}
