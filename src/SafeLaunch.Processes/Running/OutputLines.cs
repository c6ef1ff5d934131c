using System.Runtime.CompilerServices;

namespace SafeLaunch.Running;

/// <summary>
/// The lines that the process of a launch prints. The last ones are kept for messages, but for the frames of stacks: the cause stands above them.
/// </summary>
internal sealed class OutputLines
{
    private const int Kept = 12;

    /// <summary>So many lines may come before a watch, which begins at about the same time as the process.</summary>
    private const int KeptForWatches = 500;

    private const string Frame = "   at ";

    private static readonly ConditionalWeakTable<LaunchContext, OutputLines> All = new();

    private readonly object gate = new();
    private readonly Queue<string> last = new();
    private readonly List<string> first = [];
    private readonly List<Func<string, bool>> watches = [];

    /// <summary>The last lines, for a message.</summary>
    public string Tail
    {
        get
        {
            lock (this.gate)
            {
                return this.last.Count == 0 ? "It has printed nothing." : $"Its last lines:{Environment.NewLine}{string.Join(Environment.NewLine, this.last)}";
            }
        }
    }

    /// <summary>The lines of the process of a launch, which may not have been started yet.</summary>
    public static OutputLines Of(LaunchContext context) => All.GetValue(context, static _ => new());

    public void Add(string line)
    {
        Func<string, bool>[] watching;
        lock (this.gate)
        {
            if (this.first.Count < KeptForWatches)
            {
                this.first.Add(line);
            }

            if (!line.StartsWith(Frame, StringComparison.Ordinal))
            {
                this.last.Enqueue(line);
            }

            if (this.last.Count > Kept)
            {
                this.last.Dequeue();
            }

            watching = [.. this.watches];
        }

        foreach (var watch in watching.Where(watch => watch(line)))
        {
            this.Remove(watch);
        }
    }

    /// <summary>Shows the lines so far and each line that comes, until the watch has seen enough.</summary>
    /// <param name="watch">Returns whether it has seen enough. Throws nothing.</param>
    public void Watch(Func<string, bool> watch)
    {
        string[] before;
        lock (this.gate)
        {
            this.watches.Add(watch);
            before = [.. this.first];
        }

        if (Array.Exists(before, line => watch(line)))
        {
            this.Remove(watch);
        }
    }

    public void Remove(Func<string, bool> watch)
    {
        lock (this.gate)
        {
            this.watches.Remove(watch);
        }
    }
}
