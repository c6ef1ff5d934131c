using System.Runtime.CompilerServices;

namespace SafeLaunch.ConsoleInput;

/// <summary>
/// The readers that the copies of this library in the process have replaced. Where one copy has replaced the reader of another,
/// the earlier one takes itself out of the chain when it ends, so that no copy stays in memory for the next.
/// </summary>
internal static class ReplacedReaders
{
    private static readonly List<StrongBox<TextReader>> All = ProcessSlot.GetOrAdd("SafeLaunch.ReplacedReaders", () => new List<StrongBox<TextReader>>());

    /// <returns>Holds the reader to read from; its value changes when that reader ends.</returns>
    public static StrongBox<TextReader> Add(TextReader replaced)
    {
        var box = new StrongBox<TextReader>(replaced);
        lock (All)
        {
            All.Add(box);
        }

        return box;
    }

    /// <summary>Code that would read by the reader of an ended copy reads from here on by the reader that it replaced.</summary>
    public static void Remove(StrongBox<TextReader> box, TextReader reader)
    {
        lock (All)
        {
            All.Remove(box);
            foreach (var later in All)
            {
                if (later.Value == reader)
                {
                    later.Value = box.Value!;
                }
            }
        }
    }
}
