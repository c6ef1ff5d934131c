namespace SafeLaunch.Tests.ConsoleInput;

/// <summary>A console whose reads block until the test types something.</summary>
internal sealed class TypedInput : TextReader
{
    private readonly object gate = new();
    private readonly Queue<char> typed = new();
    private bool hasEnded;
    private int reads;

    /// <summary>What the next read throws.</summary>
    public Exception? Error { get; set; }

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

    /// <summary>Blocks until a read has begun.</summary>
    public void WaitUntilRead()
    {
        lock (this.gate)
        {
            while (this.reads == 0)
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
        this.reads++;
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
