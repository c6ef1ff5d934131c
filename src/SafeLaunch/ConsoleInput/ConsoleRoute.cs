using System.Runtime.CompilerServices;

namespace SafeLaunch.ConsoleInput;

/// <summary>One <see cref="Console.In"/> of the process, replaced by a reader whose reads end with their launch.</summary>
internal sealed class ConsoleRoute
{
    private readonly StrongBox<TextReader> replaced = ReplacedReaders.Add(Console.In);
    private readonly InputPump pump;
    private TextReader? routed;

    /// <param name="onIdle">Called when nothing is read any more.</param>
    public ConsoleRoute(Action<ConsoleRoute> onIdle)
    {
        this.pump = new(this.replaced, () => this.Routed, () => onIdle(this));
        Console.SetIn(new RoutedReader(this.pump));
        _ = this.Routed;
    }

    /// <summary>How many launches run that have begun with it.</summary>
    public int Launches { get; set; }

    /// <summary>Whether the process has set no other reader since.</summary>
    public bool IsInPlace => Console.In == this.Routed;

    /// <summary>As the console has wrapped it, which only the console tells.</summary>
    private TextReader Routed => LazyInitializer.EnsureInitialized(ref this.routed, static () => Console.In)!;

    /// <summary>Puts the replaced reader back. False while something is read, or was read and waits for its reader.</summary>
    public bool TryEnd() => this.pump.TryWhileIdle(() =>
    {
        if (this.IsInPlace)
        {
            Console.SetIn(this.replaced.Value!);
        }

        ReplacedReaders.Remove(this.replaced, this.Routed);
    });
}
