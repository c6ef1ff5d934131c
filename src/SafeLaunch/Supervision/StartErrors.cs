using System.Runtime.ExceptionServices;

namespace SafeLaunch.Supervision;

/// <summary>
/// The latest exceptions that were thrown inside a launch while it started, caught by its code or not. A program that catches
/// its own failure, logs it and returns leaves no other trace of the cause.
/// </summary>
internal sealed class StartErrors
{
    private const int Kept = 16;

    private static readonly string[] HostStarts = ["Microsoft.Extensions.Hosting.Internal.Host.StartAsync", "Microsoft.AspNetCore.Hosting.WebHost.StartAsync"];

    private static readonly object Gate = new();
    private static int listeners;

    /// <summary>Mono raises no event for an exception that is caught.</summary>
    public static bool IsSupported { get; } = !System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription.StartsWith("Mono", StringComparison.Ordinal);

    private readonly object gate = new();
    private readonly List<Exception> latest = [];
    private bool isClosed;

    /// <summary>The latest exception; null for none.</summary>
    public Exception? Last
    {
        get
        {
            lock (this.gate)
            {
                return this.latest.LastOrDefault();
            }
        }
    }

    /// <summary>The latest exception that left the start of a host; null for none.</summary>
    public Exception? OfHostStart
    {
        get
        {
            Exception[] seen;
            lock (this.gate)
            {
                seen = [.. this.latest];
            }

            return seen.LastOrDefault(LeftHostStart);
        }
    }

    /// <summary>Listens to the exceptions of the process, and hands each to the launch that it was thrown in, until it is disposed of.</summary>
    public static Listener Listen()
    {
        lock (Gate)
        {
            if (listeners++ == 0)
            {
                AppDomain.CurrentDomain.FirstChanceException += OnThrown;
            }
        }

        return new();
    }

    /// <summary>The start is over: no later failure comes from these exceptions, and they may hold much.</summary>
    public void Close()
    {
        lock (this.gate)
        {
            this.isClosed = true;
            this.latest.Clear();
        }
    }

    private static void OnThrown(object? sender, FirstChanceExceptionEventArgs e)
    {
        if (e.Exception is not (OperationCanceledException or ThreadInterruptedException) && LaunchScope.CurrentLaunch?.StartErrors is { } errors)
        {
            errors.Add(e.Exception);
        }
    }

    private static bool LeftHostStart(Exception exception) =>
        exception.StackTrace is { } stack
        && Array.Exists(HostStarts, start => stack.Contains(start, StringComparison.Ordinal));

    // An exception that passes through asynchronous methods is thrown again in each of them.
    private void Add(Exception exception)
    {
        lock (this.gate)
        {
            if (this.isClosed || ReferenceEquals(this.latest.LastOrDefault(), exception))
            {
                return;
            }

            this.latest.RemoveAll(seen => ReferenceEquals(seen, exception));
            this.latest.Add(exception);
            if (this.latest.Count > Kept)
            {
                this.latest.RemoveAt(0);
            }
        }
    }

    internal sealed class Listener : IDisposable
    {
        private int isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref this.isDisposed, 1) != 0)
            {
                return;
            }

            lock (Gate)
            {
                if (--listeners == 0)
                {
                    AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
                }
            }
        }
    }
}
