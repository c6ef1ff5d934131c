namespace SafeLaunch.Tests.ConsoleInput;

/// <summary>A console whose reads block until the test types something.</summary>
internal sealed class TypedInput : TextReader
{
    private readonly object gate = new();
    private readonly Queue<char> typed = new();
    private readonly List<Thread> readers = [];
    private bool hasEnded;

    /// <summary>What the next read throws.</summary>
    public Exception? Error { get; set; }

    /// <summary>The thread of each read.</summary>
    public IReadOnlyList<Thread> Readers
    {
        get
        {
            lock (this.gate)
            {
                return [.. this.readers];
            }
        }
    }

    public void Type(string text)
    {
        lock (this.gate)
        {
            foreach (var character in text)
            {
                this.typed.Enqueue(character);
            }

            Monitor.PulseAll(this.gate);
        }
    }

    public void End()
    {
        lock (this.gate)
        {
            this.hasEnded = true;
            Monitor.PulseAll(this.gate);
        }
    }

    /// <summary>Blocks until so many reads have begun.</summary>
    public void WaitUntilRead(int reads = 1)
    {
        lock (this.gate)
        {
            while (this.readers.Count < reads)
            {
                Assert.That(Monitor.Wait(this.gate, Gate.Patience), Is.True, "nothing was read");
            }
        }
    }

    public override int Read()
    {
        lock (this.gate)
        {
            this.Begin();
            return this.Next();
        }
    }

    public override int Read(char[] buffer, int index, int count)
    {
        lock (this.gate)
        {
            this.Begin();
            if (this.Next() is not (>= 0 and var first))
            {
                return 0;
            }

            buffer[index] = (char)first;
            var length = 1;
            while (length < count && this.typed.Count > 0)
            {
                buffer[index + length++] = this.typed.Dequeue();
            }

            return length;
        }
    }

    public override string? ReadLine()
    {
        lock (this.gate)
        {
            this.Begin();
            var line = "";
            int next;
            while ((next = this.Next()) is >= 0 and not '\n')
            {
                line += (char)next;
            }

            return next < 0 && line.Length == 0 ? null : line;
        }
    }

    private void Begin()
    {
        this.readers.Add(Thread.CurrentThread);
        Monitor.PulseAll(this.gate);
        if (this.Error is { } error)
        {
            throw error;
        }
    }

    private int Next()
    {
        while (this.typed.Count == 0 && !this.hasEnded)
        {
            Monitor.Wait(this.gate);
        }

        return this.typed.Count > 0 ? this.typed.Dequeue() : -1;
    }
}
