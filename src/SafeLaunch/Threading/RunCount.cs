using System.Runtime.InteropServices;

namespace SafeLaunch.Threading;

/// <summary>
/// What the launch thread has run, as one number that only this thread writes: odd while the thread is in launched code.
/// It lies on a cache line that nothing shares, since it changes with each piece of work, and producers read the fields beside it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 2 * CacheLine)]
internal struct RunCount
{
    private const int CacheLine = 64;

    [FieldOffset(CacheLine)]
    private int value;

    public int Value => Volatile.Read(ref this.value);

    public static bool IsInLaunchedCode(int value) => (value & 1) != 0;

    /// <summary>The thread enters launched code, or leaves it.</summary>
    public void Step() => Volatile.Write(ref this.value, unchecked(this.value + 1));

    /// <summary>The thread is about to run work inside other launched code.</summary>
    public void StepInside() => Volatile.Write(ref this.value, unchecked(this.value + 2));
}
