using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace SafeLaunch.ConsoleInput;

/// <summary>
/// Reads the console on a separate thread, on demand, for callers that may give up: a blocked read of the system cannot be
/// ended. Text that comes when its caller has gone is kept for the next read.
/// </summary>
/// <param name="source">Holds the reader that was <see cref="Console.In"/>.</param>
/// <param name="getLock">
/// The lock that callers hold: every caller waits by <see cref="Monitor.Wait(object)"/> on it, which releases it and pumps.
/// </param>
/// <param name="onIdle">Called when the thread ends.</param>
internal sealed class InputPump(StrongBox<TextReader> source, Func<object> getLock, Action onIdle)
{
    /// <summary>A program that reads line by line does not start a thread for each line.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(1);

    private readonly LinkedList<ReadRequest> waiting = new();
    private string kept = "";
    private bool hasThread;
    private bool isReading;

    /// <summary>Blocks until the request is answered, or has to end; then there is no answer.</summary>
    public string? Ask(ReadRequest request, CancellationToken end)
    {
        var gate = getLock();

        // By the pool: the end of the registration waits for its callback, and the caller holds the lock then.
        using var onEnd = end.Register(() => ThreadPool.QueueUserWorkItem(_ => this.Wake()));
        lock (gate)
        {
            this.waiting.AddLast(request);
            try
            {
                this.WakeThread(gate);
                while (!request.IsAnswered && !end.IsCancellationRequested)
                {
                    Monitor.Wait(gate);
                }
            }
            catch (ThreadInterruptedException)
            {
                // Looked at here, since a filter of the exception may run before the wait has the lock again.
                if (request is { IsAnswered: true, Peeks: false })
                {
                    this.kept = request.Answer + this.kept;
                }

                throw;
            }
            finally
            {
                this.waiting.Remove(request);
            }
        }

        if (request.Error is { } error)
        {
            ExceptionDispatchInfo.Capture(error).Throw();
        }

        return request.Answer;
    }

    private void Wake()
    {
        var gate = getLock();
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Does something that no read may come between. False while a read goes on, or text waits for its reader.</summary>
    public bool TryWhileIdle(Action action)
    {
        lock (getLock())
        {
            if (this.isReading || this.waiting.Count > 0 || this.kept.Length > 0)
            {
                return false;
            }

            action();
            return true;
        }
    }

    private void WakeThread(object gate)
    {
        if (this.hasThread)
        {
            Monitor.PulseAll(gate);
            return;
        }

        this.hasThread = true;
        using (ExecutionContextFlow.Suppress())
        {
            new Thread(this.Run) { IsBackground = true, Name = "SafeLaunch console input" }.Start();
        }
    }

    private void Run()
    {
        while (this.Next() is { } request)
        {
            string? text = null;
            Exception? error = null;
            try
            {
                text = request.ReadFrom(source.Value!);
            }
            catch (Exception e)
            {
                error = e;
            }

            this.OnRead(request, text, error);
        }

        onIdle();
    }

    /// <summary>The next request that needs more than the text that was kept; null if none comes for a while.</summary>
    private ReadRequest? Next()
    {
        var gate = getLock();
        lock (gate)
        {
            do
            {
                this.AnswerWithKeptText(gate);
                if (this.waiting.First is { Value: var first })
                {
                    this.isReading = true;
                    return first;
                }
            }
            while (Monitor.Wait(gate, IdleTime) || this.waiting.Count > 0);

            this.hasThread = false;
            return null;
        }
    }

    private void AnswerWithKeptText(object gate)
    {
        while (this.kept.Length > 0 && this.waiting.First is { Value: var first } && first.TryAnswerFrom(ref this.kept))
        {
            this.waiting.RemoveFirst();
            Monitor.PulseAll(gate);
        }
    }

    private void OnRead(ReadRequest request, string? text, Exception? error)
    {
        var gate = getLock();
        lock (gate)
        {
            this.isReading = false;
            this.kept += text;
            if (text is null && this.waiting.Remove(request))
            {
                if (error is null)
                {
                    request.End(ref this.kept);
                }
                else
                {
                    request.Fail(error);
                }

                Monitor.PulseAll(gate);
            }
        }
    }
}
