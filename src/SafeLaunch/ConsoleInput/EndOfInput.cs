namespace SafeLaunch.ConsoleInput;

/// <summary>The token that ends the reads of the console in a flow: that of the launch which the flow began in, of any copy of this library.</summary>
internal static class EndOfInput
{
    private static readonly AsyncLocal<object?> Slot = ProcessSlot.GetOrAdd("SafeLaunch.EndOfInput", () => new AsyncLocal<object?>());

    /// <summary><see cref="CancellationToken.None"/> outside of all launches.</summary>
    public static CancellationToken Current
    {
        get => Slot.Value is CancellationToken token ? token : CancellationToken.None;
        set => Slot.Value = value;
    }
}
